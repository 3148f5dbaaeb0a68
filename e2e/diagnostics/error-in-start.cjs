/** Loaded first: an error that nothing catches ends the start while it reads its environment, and the disk of the log is slow. */
const files = require('node:fs/promises');
const path = require('node:path');
// biome-ignore lint/style/noRestrictedImports: it runs inside the viewer's main process
const { app } = require('electron');

app.relaunch = () => undefined;
let isEnded = false;
app.once('will-quit', () => {
  isEnded = true;
});
/** Whether the quit waits for more than the word of its end. One that does not ends before a slow disk has answered. */
const waits = new Promise((resolve) => {
  const { writeFile } = files;
  files.writeFile = async (file, ...more) => {
    await writeFile(file, ...more);
    if (path.basename(String(file)) === 'ending') setImmediate(() => resolve(!isEnded));
  };
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
