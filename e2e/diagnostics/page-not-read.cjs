/**
 * Loaded first: files of the page whose name matches `--not-read=…` cannot be read `--times=…` times, with the code `--code=…`.
 * Standard error tells what the user then sees; the user closes the application.
 */
const files = require('node:fs/promises');
const path = require('node:path');
// biome-ignore lint/style/noRestrictedImports: it runs inside the viewer's main process
const { dialog } = require('electron');

const given = (name) => process.argv.find((arg) => arg.startsWith(`--${name}=`))?.split('=')[1] ?? '';
const name = new RegExp(`^${given('not-read')}$`);
const code = given('code');
let times = Number(given('times'));

const { readFile } = files;
files.readFile = (file, ...more) => {
  if (times === 0 || !name.test(path.basename(String(file)))) return readFile(file, ...more);
  times -= 1;
  return Promise.reject(Object.assign(new Error('held by a test'), code === '' ? {} : { code }));
};

const say = (text) => process.stderr.write(`SEEN ${text}\n`);
dialog.showErrorBox = (_title, content) => say(content);
dialog.showMessageBox = async (_window, { message, detail }) => {
  say(`${message} ${detail}`);
  return { response: 1, checkboxChecked: false };
};
