/** The entry of a token's process; started by `electron-token-process.ts`. */
import { serveToken } from './serve-token.ts';

const { parentPort } = process;
const handle = serveToken((reply) => parentPort.postMessage(reply));
parentPort.on('message', ({ data }) => handle(data));
