/** Loaded first: an error that nothing catches ends the start while it reads its environment, and the disk of the log is slow. */
const files = require('node:fs/promises');
const path = require('node:path');
// biome-ignore lint/style/noRestrictedImports: it runs inside the viewer's main process
const { app } = require('electron');

app.relaunch = () => undefined;
const quitting = new Promise((resolve) => app.once('before-quit', resolve));

const { open } = files;
files.open = async (file, ...more) => {
  const name = path.basename(String(file));
  if (name === 'environment.json') {
    setImmediate(() => {
      throw new TypeError('thrown by a test');
    });
    await quitting;
  }
  if (name === 'viewer.log') {
    await quitting;
    await new Promise((resolve) => setImmediate(resolve));
  }
  return open(file, ...more);
};
