/**
 * The entry point of the thread that reads one access history; `history-threads.ts` starts the thread. The thread holds
 * no token and opens no connection: it requests further pages from the main process.
 */
import { parentPort, workerData } from 'node:worker_threads';
import type { ServiceResponse } from '../service/transport.ts';
import type { FromHistoryThread } from './history-threads.ts';
import { readHistorySearch } from './read-history-search.ts';

if (parentPort === null) throw new Error('This file is the entry of a thread.');
const port = parentPort;
const post = (message: FromHistoryThread) => port.postMessage(message);

const requestPage = (url: URL): Promise<ServiceResponse> =>
  new Promise((resolve) => {
    port.once('message', resolve);
    post({ kind: 'page', url: url.href });
  });

// The main process cancels a reading by terminating the thread.
const neverAborted = new AbortController().signal;
void readHistorySearch(workerData, requestPage, neverAborted).then((outcome) =>
  post({ kind: 'outcome', outcome }),
);
