/**
 * Reads each access history in a thread of its own. The main process forwards every key and click, and CP-IS does not
 * limit the length of a history: reading thousands of entries in the main process would freeze the viewer. Terminating
 * the thread frees its memory (H10). A thread that exceeds its memory or time limit is terminated, and the history counts
 * as one that could not be read (H15).
 * Source: Node.js, "Worker threads"; Electron, "Performance", point 4.
 */
import { Worker } from 'node:worker_threads';
import type { ServiceResponse } from '../service/transport.ts';
import type { HistoryReader, HistorySearch, WholeHistory } from './read-history-search.ts';
import type { RequestPage } from './search.ts';

export type FromHistoryThread =
  | { readonly kind: 'page'; readonly url: string }
  | { readonly kind: 'outcome'; readonly outcome: WholeHistory };

export interface HistoryThreadsOptions {
  /** The built file of `history-thread-entry.ts`. */
  readonly file: string | URL;
  /** How long a thread may work without a message, in milliseconds. */
  readonly timeoutMs: number;
  readonly memoryLimitMb?: number;
}

/** An answer of 10,000 entries needs about a tenth of this. */
const defaultMemoryLimitMb = 1_024;

export function createHistoryThreads({
  file,
  timeoutMs,
  memoryLimitMb = defaultMemoryLimitMb,
}: HistoryThreadsOptions): HistoryReader {
  return async (search, requestPage, signal) => {
    const thread = new Worker(file, {
      workerData: search satisfies HistorySearch,
      transferList: bytesOf(search.first),
      resourceLimits: { maxOldGenerationSizeMb: memoryLimitMb },
      // The thread needs nothing from the command line or the environment.
      argv: [],
      env: {},
      execArgv: [],
    });
    try {
      return await outcomeOf(thread, requestPage, signal, timeoutMs);
    } finally {
      await thread.terminate();
    }
  };
}

/** Rejects when the thread fails, ends without an outcome or exceeds its time, or when `signal` aborts. */
function outcomeOf(
  thread: Worker,
  requestPage: RequestPage,
  signal: AbortSignal,
  timeoutMs: number,
): Promise<WholeHistory> {
  return new Promise((resolve, reject) => {
    const settle = (settled: () => void): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      settled();
    };
    const fail = (error: unknown) => settle(() => reject(error));
    const failWith = (reason: string) => () => fail(new Error(reason));
    const startTimer = () => setTimeout(failWith('The history was not read in time.'), timeoutMs);
    let timer = startTimer();
    const end = failWith('The history is not wanted any more.');
    if (signal.aborted) end();
    signal.addEventListener('abort', end, { once: true });
    thread.on('error', fail);
    thread.on('exit', failWith('The thread ended without an outcome.'));
    thread.on('message', (message: FromHistoryThread) => {
      clearTimeout(timer);
      switch (message.kind) {
        case 'outcome':
          settle(() => resolve(message.outcome));
          return;
        case 'page':
          requestPage(new URL(message.url)).then((response: ServiceResponse) => {
            if (signal.aborted) return;
            timer = startTimer();
            thread.postMessage(response, bytesOf(response));
          }, fail);
          return;
      }
    });
  });
}

/** The buffers are transferred, not copied: only the thread holds them afterwards. */
function bytesOf({ answer }: ServiceResponse): ArrayBuffer[] {
  return answer.kind === 'answered' ? [answer.body.buffer] : [];
}
