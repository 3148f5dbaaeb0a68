/**
 * Reads each access history in a thread of its own. The main process passes on every key and click; an answer of
 * thousands of entries, which nothing in CP-IS forbids, would hold it up for as long as it takes to read them. What the
 * thread held goes with it (H10), and one that takes more memory or time than an answer can need is ended: a history
 * that could not be read, and never a viewer that stands still (H15).
 * Source: Node.js, "Worker threads"; Electron, "Performance", point 4.
 */
import { Worker } from 'node:worker_threads';
import type { ServiceResponse } from '../service/transport.ts';
import type { HistoryReader, HistorySearch, WholeHistory } from './read-history-search.ts';
import type { AskForPage } from './search.ts';

export type FromHistoryThread =
  | { readonly kind: 'page'; readonly url: string }
  | { readonly kind: 'outcome'; readonly outcome: WholeHistory };

export interface HistoryThreadsOptions {
  /** The file of `history-thread-entry.ts`, as it was built. */
  readonly file: string | URL;
  /** Milliseconds that a thread may be busy at a time. */
  readonly timeout: number;
  /** Megabytes. */
  readonly mostMemory?: number;
}

/** Megabytes: an answer of 10,000 entries takes about a tenth of it. */
const defaultMostMemory = 1_024;

export function createHistoryThreads({
  file,
  timeout,
  mostMemory = defaultMostMemory,
}: HistoryThreadsOptions): HistoryReader {
  return async (search, askForPage, signal) => {
    const thread = new Worker(file, {
      workerData: search satisfies HistorySearch,
      transferList: bytesOf(search.first),
      resourceLimits: { maxOldGenerationSizeMb: mostMemory },
      // Nothing of the command line or the environment is for it.
      argv: [],
      env: {},
      execArgv: [],
    });
    try {
      return await outcomeOf(thread, askForPage, signal, timeout);
    } finally {
      await thread.terminate();
    }
  };
}

/** Rejects when the thread fails, ends without an outcome, takes too long, or is not wanted any more. */
function outcomeOf(
  thread: Worker,
  askForPage: AskForPage,
  signal: AbortSignal,
  timeout: number,
): Promise<WholeHistory> {
  return new Promise((resolve, reject) => {
    const settle = (settled: () => void): void => {
      clearTimeout(busy);
      signal.removeEventListener('abort', end);
      settled();
    };
    const fail = (error: unknown) => settle(() => reject(error));
    const give = (up: string) => () => fail(new Error(up));
    const watch = () => setTimeout(give('The history was not read in time.'), timeout);
    let busy = watch();
    const end = give('The history is not wanted any more.');
    if (signal.aborted) end();
    signal.addEventListener('abort', end, { once: true });
    thread.on('error', fail);
    thread.on('exit', give('The thread ended without an outcome.'));
    thread.on('message', (message: FromHistoryThread) => {
      clearTimeout(busy);
      switch (message.kind) {
        case 'outcome':
          settle(() => resolve(message.outcome));
          return;
        case 'page':
          askForPage(new URL(message.url)).then((sent: ServiceResponse) => {
            if (signal.aborted) return;
            busy = watch();
            thread.postMessage(sent, bytesOf(sent));
          }, fail);
          return;
      }
    });
  });
}

/** Handed over, not copied: from then on the thread alone has them. */
function bytesOf({ answer }: ServiceResponse): ArrayBuffer[] {
  return answer.kind === 'answered' ? [answer.body.buffer] : [];
}
