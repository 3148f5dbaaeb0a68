/**
 * The entry of the thread that reads one access history, started by `history-threads.ts`. It holds no token and reaches
 * no network: a further page it asks the main process for.
 */
import { parentPort, workerData } from 'node:worker_threads';
import type { ServiceResponse } from '../service/transport.ts';
import type { FromHistoryThread } from './history-threads.ts';
import { readHistorySearch } from './read-history-search.ts';

if (parentPort === null) throw new Error('This file is the entry of a thread.');
const port = parentPort;
const tell = (message: FromHistoryThread) => port.postMessage(message);

const askForPage = (url: URL): Promise<ServiceResponse> =>
  new Promise((resolve) => {
    port.once('message', resolve);
    tell({ kind: 'page', url: url.href });
  });

// Whoever does not want it any more ends the thread.
const neverAborted = new AbortController().signal;
void readHistorySearch(workerData, askForPage, neverAborted).then((outcome) =>
  tell({ kind: 'outcome', outcome }),
);
