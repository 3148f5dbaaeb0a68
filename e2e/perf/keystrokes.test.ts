import { expect, test } from 'vitest';
import { secondsOf } from './keystrokes.ts';

test('the times of the operators are added up', () => {
  expect(secondsOf('M PK H')).toBeCloseTo(1.35 + 1.1 + 0.28 + 0.4);
});

test('what is no operator is an error and not a zero', () => {
  expect(() => secondsOf('KX')).toThrow('X is no operator');
});
