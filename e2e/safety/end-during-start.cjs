/**
 * Loaded first: holds the start where it opens the file that `--held-at` names, ends the viewer as `--ended-by` says, and lets
 * the start go on once the end has been asked for; or throws in the last part of the start. The process ends when the start
 * has gone as far as it goes.
 */
const { writeFileSync } = require('node:fs');
const files = require('node:fs/promises');
const path = require('node:path');
// biome-ignore lint/style/noRestrictedImports: it runs inside the viewer's main process
const { app, BrowserWindow, dialog, powerMonitor } = require('electron');

process.execPath = path.join(__dirname, 'cpis-viewer');
const [heldAt, endedBy] = ['held-at', 'ended-by'].map((name) => {
  const given = process.argv.find((arg) => arg.startsWith(`--${name}=`));
  return given.slice(given.indexOf('=') + 1);
});
const window = () => BrowserWindow.getAllWindows()[0];
/** From then on a quit waits two seconds for the page: the start goes on over a window that is still there. */
async function holdPage() {
  const { webContents } = window();
  await webContents.executeJavaScript(`addEventListener('beforeunload', () => {}); undefined`);
  void webContents.executeJavaScript('for (;;) {}');
}
const ends = {
  async SIGTERM() {
    await holdPage();
    process.kill(process.pid, 'SIGTERM');
  },
  async 'the end of a Windows session'() {
    await holdPage();
    window().emit('session-end');
  },
  async "an installer's request"() {
    await holdPage();
    writeFileSync(path.join(__dirname, 'quit-requested'), '');
  },
  // The start goes on over a window that is gone.
  'the close button': () => window().close(),
};

const open = files.open;
files.open = async (file, ...more) => {
  if (path.basename(String(file)) !== heldAt) return open(file, ...more);
  files.open = open;
  const asked = new Promise((resolve) => app.once('before-quit', resolve));
  void ends[endedBy]();
  await asked;
  return open(file, ...more);
};

/** The start waits for files alone: it has come to its end when nothing has been read or written for many turns. */
async function untilNothingIsRead() {
  for (let quietTurns = 0; quietTurns < 1_000; quietTurns += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    if (process.getActiveResourcesInfo().some((resource) => resource.startsWith('FSReq'))) quietTurns = 0;
  }
}

// Not by a second quit, which the start would find prepared for.
app.once('will-quit', (event) => {
  event.preventDefault();
  void untilNothingIsRead().then(() => app.exit(0));
});

if (endedBy === 'an error in its last part') {
  dialog.showErrorBox = () => undefined;
  powerMonitor.on = () => {
    throw new Error('broken by a test');
  };
  const exit = app.exit.bind(app);
  app.exit = (code) => void untilNothingIsRead().then(() => exit(code));
}
