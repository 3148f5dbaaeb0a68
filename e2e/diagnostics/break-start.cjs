/** A part of the viewer that throws while it starts; its message box is written where a test can read it. */
// biome-ignore lint/style/noRestrictedImports: it runs inside the viewer's main process
const { app, dialog } = require('electron');
app.getVersion = () => {
  throw new Error('broken by a test');
};
dialog.showErrorBox = (title, content) => {
  process.stderr.write(`BOX ${title}: ${content}\n`);
};
