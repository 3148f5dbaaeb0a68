import { expect, test } from 'vitest';
import { makeFault } from '../../shared/fault.ts';
import type { CheckOutcome, Retrieval } from '../../shared/outcome.ts';
import { createCheckWaits } from './check-waits.ts';

const retrieval = (checkId: string): Retrieval => ({
  checkId,
  retrievedAt: '2026-11-23T02:10:00Z',
  clockInDoubt: false,
  sentence: '',
  careSetting: 'scheduled',
  notification: 'not-sent',
});
const noRecord = (checkId: string): CheckOutcome => ({ kind: 'no-record', retrieval: retrieval(checkId) });
const fault = makeFault('timed-out', 'ref-1');

function start() {
  let ms = 0;
  const waits = createCheckWaits(
    () => new Date('2026-11-23T02:10:00Z'),
    () => ms,
  );
  const check = (outcome: CheckOutcome, tookMs: number) =>
    waits.measure(async () => {
      ms += tookMs;
      return outcome;
    });
  return { waits, check };
}

test('the last five waits are said, the newest first, and what could not be checked', async () => {
  const { waits, check } = start();
  expect(waits.describe()).toBe('No check since the start');
  for (let count = 1; count <= 5; count += 1) await check(noRecord(`check-${count}`), count * 100);
  await check({ kind: 'could-not-check', retrieval: retrieval('check-6'), fault }, 10_000);
  expect(waits.describe()).toBe(
    '02:10 10.0 s (could not check), 02:10 0.5 s, 02:10 0.4 s, 02:10 0.3 s, 02:10 0.2 s',
  );
});

test('a second click on the same check, and a check that was not sent, have no wait of their own', async () => {
  const { waits, check } = start();
  await check(noRecord('check-1'), 400);
  await check(noRecord('check-1'), 300);
  await check({ kind: 'not-asked', fault }, 5_000);
  expect(waits.describe()).toBe('02:10 0.4 s');
});
