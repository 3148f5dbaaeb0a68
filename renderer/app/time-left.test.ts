import { expect, test } from 'vitest';
import { describeTimeLeft } from './time-left.ts';

const seconds = (count: number) => count * 1_000;
const minutes = (count: number) => seconds(count * 60);

test.each([
  [minutes(720), '12 h'],
  [minutes(702), '11 h 42 min'],
  [minutes(59.5), '1 h'],
  [seconds(20), '1 min'],
  [0, 'ended'],
  [minutes(-60), 'ended'],
])('a session of which %d milliseconds are left has left: %s', (timeLeftMs, text) => {
  expect(describeTimeLeft(timeLeftMs).text).toBe(text);
});

test('H21: the end is announced near it, and only at a few moments', () => {
  const at = (count: number) => describeTimeLeft(minutes(count)).announcement;
  expect(at(60)).toBeUndefined();
  const signIn = 'Sign in again now to keep your patient.';
  expect(at(31)).toBeUndefined();
  expect(at(30)).toBe(`Your session ends in 30 minutes. ${signIn}`);
  expect(at(10)).toBe(`Your session ends in 10 minutes. ${signIn}`);
  expect(at(9)).toBeUndefined();
  expect(at(1)).toBe(`Your session ends in 1 minute. ${signIn}`);
  expect(at(0)).toBeUndefined();
});

test('the end stands out in the last half hour', () => {
  expect(describeTimeLeft(minutes(30)).near).toBe(true);
  expect(describeTimeLeft(minutes(30) + 1).near).toBe(false);
});
