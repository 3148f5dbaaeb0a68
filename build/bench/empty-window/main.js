/** The floor: the least that an Electron application with a sandboxed window can be. */
const path = require('node:path');
const { app, BrowserWindow, ipcMain } = require('electron');

app.enableSandbox();
ipcMain.handle('nothing', () => undefined);
app.on('window-all-closed', () => app.quit());
app.whenReady().then(() => {
  const window = new BrowserWindow({
    width: 1280,
    height: 720,
    useContentSize: true,
    // Only where the bridge is measured: an empty window has none.
    webPreferences: process.argv.includes('bridge') ? { preload: path.join(__dirname, 'preload.js') } : {},
  });
  window.loadFile('index.html');
});
