import { expect, test } from 'vitest';
import { problemOfSearchName, splitGivenNames } from './patient-search.ts';

test.each(['O', 'Lý', 'Testchild', 'De La Cruz', 'Sm*', 'Sm*th', 'x'.repeat(35), '𝒳'.repeat(35)])(
  'PDS can be searched by %s',
  (name) => {
    expect(problemOfSearchName(name)).toBeUndefined();
  },
);

test.each([
  ['*', 'must have at least 2 characters before *'],
  ['O*', 'must have at least 2 characters before *'],
  ['O*neil*', 'must have at least 2 characters before *'],
  ['x'.repeat(36), 'must have at most 35 characters: shorten it and end it with *'],
])('not by %s', (name, problem) => {
  expect(problemOfSearchName(name)).toBe(problem);
});

test.each([
  ['', []],
  ['  ', []],
  ['Amber', ['Amber']],
  [' Amber\u00a0 Mock ', ['Amber', 'Mock']],
  ['Mary-Jane', ['Mary-Jane']],
])('%j is %j', (typed, names) => {
  expect(splitGivenNames(typed)).toEqual(names);
});
