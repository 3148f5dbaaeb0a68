/**
 * Loaded into the viewer under test before its own code: notes what each window is told of content protection. Electron 33
 * has no `isContentProtected`, and Linux no protection that could be seen.
 */
// biome-ignore lint/style/noRestrictedImports: it runs inside the viewer's main process
const { app } = require('electron');

globalThis.contentProtection = [];
app.on('browser-window-created', (_event, window) => {
  const index = globalThis.contentProtection.push('not told') - 1;
  const tell = window.setContentProtection.bind(window);
  window.setContentProtection = (isOn) => {
    globalThis.contentProtection[index] = isOn;
    tell(isOn);
  };
});
