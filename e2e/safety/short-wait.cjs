/**
 * Loaded first: to a start that waits for the former viewer's end, the time has passed at once. Its message box is written where
 * a test can read it.
 */
// biome-ignore lint/style/noRestrictedImports: it runs inside the viewer's main process
const { dialog } = require('electron');

Atomics.wait = () => 'timed-out';
dialog.showErrorBox = (title, content) => process.stderr.write(`BOX ${title}: ${content}\n`);
