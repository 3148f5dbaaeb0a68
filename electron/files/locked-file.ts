/**
 * A virus scanner or a backup program locks a file for a moment: Windows then refuses to open it, with EBUSY or EPERM. Both
 * functions retry for about a second before that counts as a failure.
 */

const mostRetries = 20;
const pauseMs = 50;

/** Rejects with the last error of `work`. */
export async function retryWhileLocked<Result>(work: () => Promise<Result> | Result): Promise<Result> {
  for (let retries = 0; ; retries += 1) {
    try {
      return await work();
    } catch (error) {
      if (!isLocked(error) || retries === mostRetries) throw error;
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }
}

/** For code that runs before the event loop. */
export function retryWhileLockedSync<Result>(work: () => Result): Result {
  for (let retries = 0; ; retries += 1) {
    try {
      return work();
    } catch (error) {
      if (!isLocked(error) || retries === mostRetries) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pauseMs);
    }
  }
}

function isLocked(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'EBUSY' || (process.platform === 'win32' && code === 'EPERM');
}
