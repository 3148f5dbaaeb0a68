/** The entry of a token's process; started by `electron-token-process.ts`. */
import { serveToken } from './serve-token.ts';

const { parentPort } = process;
const answer = serveToken((reply) => parentPort.postMessage(reply));
parentPort.on('message', ({ data }) => answer(data));
