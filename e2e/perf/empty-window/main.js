/** The floor: the least that an Electron application with a sandboxed window can be. */
const { app, BrowserWindow } = require('electron');

app.enableSandbox();
app.on('window-all-closed', () => app.quit());
app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1280, height: 720, useContentSize: true });
  window.loadFile('index.html');
});
