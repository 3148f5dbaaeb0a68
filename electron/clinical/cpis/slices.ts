/**
 * Divides a long reading into slices. The main process forwards every key and click, and handles them between two slices.
 * Source: Electron, "Performance", point 4.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';

/** A reading may hold up the input for 8 ms: the work between two calls comes on top of this. */
const sliceMs = 2;

/** Ends the slice if it is long enough. Rejects once nobody wants the result any more. */
export type EndSlice = () => Promise<void>;

/** `elapsedMs`: a clock in milliseconds that never goes back. */
export function createSlices(
  signal: AbortSignal,
  elapsedMs: () => number = () => performance.now(),
): EndSlice {
  let startedMs = elapsedMs();
  return async () => {
    if (elapsedMs() - startedMs < sliceMs) return;
    await nextTurn();
    signal.throwIfAborted();
    startedMs = elapsedMs();
  };
}
