import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { runWithConcurrency } from './run-with-concurrency.ts';

test('never more than so many at a time, results in the order of the jobs', async () => {
  let running = 0;
  let most = 0;
  const job = (duration: number) => async () => {
    running += 1;
    most = Math.max(most, running);
    await sleep(duration);
    running -= 1;
    return duration;
  };
  await expect(runWithConcurrency(2, [job(15), job(5), job(1), job(10)])).resolves.toEqual([15, 5, 1, 10]);
  expect(most).toBe(2);
});
