/** Loaded first: the viewer is killed where a PDF is written and does not have its name yet. */
const files = require('node:fs/promises');

const { rename } = files;
files.rename = async (from, to) => {
  if (to.endsWith('.pdf')) process.kill(process.pid, 'SIGKILL');
  return rename(from, to);
};
