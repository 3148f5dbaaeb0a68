import { expect, test } from 'vitest';
import { describeTimeLeft } from './time-left.ts';

const now = Date.parse('2026-11-23T12:00:00Z');

test.each([
  ['2026-11-24T00:00:00Z', '12 h'],
  ['2026-11-23T23:42:00Z', '11 h 42 min'],
  ['2026-11-23T12:59:30Z', '1 h'],
  ['2026-11-23T12:00:20Z', '1 min'],
  ['2026-11-23T12:00:00Z', 'ended'],
  ['2026-11-23T11:00:00Z', 'ended'],
  ['tomorrow', 'not known'],
])('a session that ends at %s has left: %s', (endsAt, text) => {
  expect(describeTimeLeft(endsAt, now).text).toBe(text);
});

test('H21: the end is announced near it, and only at a few moments', () => {
  const at = (minutes: number) =>
    describeTimeLeft(new Date(now + minutes * 60_000).toISOString(), now).announcement;
  expect(at(60)).toBeUndefined();
  expect(at(10)).toBe('Your session ends in 10 minutes');
  expect(at(9)).toBeUndefined();
  expect(at(1)).toBe('Your session ends in 1 minute');
  expect(at(0)).toBeUndefined();
});

test('the end stands out in the last ten minutes', () => {
  expect(describeTimeLeft('2026-11-23T12:10:00Z', now).near).toBe(true);
  expect(describeTimeLeft('2026-11-23T12:10:01Z', now).near).toBe(false);
});
