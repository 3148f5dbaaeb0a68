import { expect, test } from 'vitest';
import { findTitle } from './test-title.ts';

const source = `
describe('H4: sent once', () => {
  test('whatever comes back', () => {});
  test.each([])('after %s', () => {});
});
test("H5: the user's own", () => {});
for (const [what] of all) test(\`H14: gone after \${what}\`, () => {});
`;

test.each([
  ['H4: sent once', 'whole'],
  ['H4: sent once whatever comes back', 'whole'],
  ['H4: sent once whatever', 'part'],
  ['H4: sent once after a lock', 'whole'],
  ["H5: the user's own", 'whole'],
  ['H5:', 'part'],
  ['H14: gone after a lock', 'whole'],
  ['H14: gone after', 'part'],
  ['H4: sent twice', undefined],
  ['H4: sent once whatever goes out', undefined],
  ['H14: kept after a lock', undefined],
])('%s', (name, found) => expect(findTitle(source, name)).toBe(found));
