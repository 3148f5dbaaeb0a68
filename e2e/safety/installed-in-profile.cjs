/** Loaded first: lets the viewer take the folder of this copy, which is of one test, for the folder that it is installed in. */
const path = require('node:path');

process.execPath = path.join(__dirname, 'cpis-viewer');
