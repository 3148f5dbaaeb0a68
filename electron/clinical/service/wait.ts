import { setTimeout as delay } from 'node:timers/promises';

/** Waits in real time; an abort ends the wait at once. Never rejects. */
export async function wait(milliseconds: number, signal: AbortSignal): Promise<void> {
  await delay(milliseconds, undefined, { signal, ref: false }).catch(() => undefined);
}
