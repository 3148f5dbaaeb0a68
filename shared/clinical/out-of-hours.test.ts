import { expect, test } from 'vitest';
import { isCertainlyOutOfHours } from './out-of-hours.ts';

test.each([
  ['a night in winter', '2026-11-24T02:14:00Z', true],
  ['the first minute of the evening in winter', '2026-11-24T20:00:00Z', true],
  ['the last minute before it', '2026-11-24T19:59:00Z', false],
  ['the last minute of the night', '2026-11-24T06:59:00Z', true],
  ['the first minute of the morning', '2026-11-24T07:00:00Z', false],
  ['an evening in summer, which is an hour ahead of UTC', '2026-07-01T19:00:00Z', true],
  ['a morning in summer', '2026-07-01T06:00:00Z', false],
  ['noon on a Saturday', '2026-11-28T12:00:00Z', true],
  ['noon on a Sunday', '2026-11-29T12:00:00Z', true],
  ['noon on a Monday', '2026-11-30T12:00:00Z', false],
  ['late on a Friday in summer that is Saturday in the UK', '2026-07-03T23:30:00Z', true],
  // 25-Dec-2026 is a Friday.
  ['noon on a bank holiday, which is not known here', '2026-12-25T12:00:00Z', false],
])('H7: %s', (_when, instant, certain) => {
  expect(isCertainlyOutOfHours(new Date(instant))).toBe(certain);
});
