import { expect, test } from 'vitest';
import { createSlices, type EndSlice } from './slices.ts';

/** Whether work that waits for its turn was done before the end of the slice resolved. */
async function letsOthersWork(endSlice: EndSlice): Promise<boolean> {
  let worked = false;
  setImmediate(() => {
    worked = true;
  });
  await endSlice();
  return worked;
}

test('other work comes in between after 2 ms, and the next slice begins', async () => {
  let elapsedMs = 0;
  const endSlice = createSlices(new AbortController().signal, () => elapsedMs);
  elapsedMs = 1.9;
  expect(await letsOthersWork(endSlice)).toBe(false);
  elapsedMs = 2;
  expect(await letsOthersWork(endSlice)).toBe(true);
  elapsedMs = 3.9;
  expect(await letsOthersWork(endSlice)).toBe(false);
});

test('H10: a reading that is not wanted any more ends with its slice', async () => {
  let elapsedMs = 0;
  const abort = new AbortController();
  const endSlice = createSlices(abort.signal, () => elapsedMs);
  elapsedMs = 4;
  const ending = endSlice();
  abort.abort();
  await expect(ending).rejects.toThrow('aborted');
});
