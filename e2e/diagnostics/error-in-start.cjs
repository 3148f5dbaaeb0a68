/** Loaded first: an error that nothing catches ends the start while it reads its environment, and the disk of the log is slow. */
const files = require('node:fs/promises');
const path = require('node:path');
// biome-ignore lint/style/noRestrictedImports: it runs inside the viewer's main process
const { app } = require('electron');

app.relaunch = () => undefined;
/** Whether the quit waits, known when all have heard of it. One that does not wait ends before a slow disk has answered. */
const waits = new Promise((resolve) => {
  app.once('before-quit', (event) => setImmediate(() => resolve(event.defaultPrevented)));
});
const never = new Promise(() => undefined);

const { open } = files;
files.open = async (file, ...more) => {
  const name = path.basename(String(file));
  if (name === 'environment.json') {
    setImmediate(() => {
      throw new TypeError('thrown by a test');
    });
    await waits;
  }
  if (name === 'viewer.log' && !(await waits)) await never;
  return open(file, ...more);
};
