/** A safety officer reads every sentence about a fault on one page: `shared/fault.ts`. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../root.ts';

/** What begins a sentence in a fault's own words. A value that is not a sentence begins in lower case. */
const ownWords = /\b(?:happened|action):[\s?]*['"`][A-Z]/;

test('every sentence about a fault stands in the one catalogue', () => {
  const sources = globSync('{electron,renderer,shared}/**/*.{ts,tsx}', { cwd: root }).filter(
    (file) => !/\.test\.tsx?$/.test(file) && !file.includes(`${path.sep}testing${path.sep}`),
  );
  const withWords = sources.filter((file) => ownWords.test(readFileSync(path.join(root, file), 'utf8')));
  expect(withWords).toEqual([path.join('shared', 'fault.ts')]);
});
