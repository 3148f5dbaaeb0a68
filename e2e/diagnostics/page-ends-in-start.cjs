/**
 * Loaded first: the process of the page ends while the viewer starts: before its document is there, or while `policy.json` is
 * read, as `--page-ends-at` says. Standard error tells what the user then sees.
 */
const files = require('node:fs/promises');
const path = require('node:path');
// biome-ignore lint/style/noRestrictedImports: it runs inside the viewer's main process
const { BrowserWindow, dialog } = require('electron');

const say = (text) => process.stderr.write(`SEEN ${text}\n`);

function endPage() {
  const { webContents } = BrowserWindow.getAllWindows()[0];
  const gone = new Promise((resolve) => webContents.once('render-process-gone', resolve));
  const processId = webContents.getOSProcessId();
  if (processId === 0) throw new Error('The page has no process yet.');
  process.kill(processId, 'SIGKILL');
  return gone;
}

dialog.showErrorBox = (_title, content) => say(content);

if (process.argv.includes('--page-ends-at=its-document')) {
  const { readFile } = files;
  files.readFile = async (file, ...more) => {
    // The document is not there before its script.
    if (/[\\/]index-[^\\/]*\.js$/.test(String(file))) await endPage();
    return readFile(file, ...more);
  };
}

if (process.argv.includes('--page-ends-at=policy.json')) {
  const { stat } = files;
  files.stat = async (file, ...more) => {
    if (path.basename(String(file)) === 'policy.json') {
      files.stat = stat;
      const { webContents } = BrowserWindow.getAllWindows()[0];
      await endPage();
      webContents.once('did-finish-load', async function look() {
        const text = await webContents.executeJavaScript('document.body.innerText');
        if (/Version/.test(text)) say(text);
        else setImmediate(look);
      });
    }
    return stat(file, ...more);
  };
}
