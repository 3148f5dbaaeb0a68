/** H21: a screen that shows a fault says to phone, and those that do not are named here with their reason. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../root.ts';

const exceptions = [
  // The answer stands above it, with its own phone numbers.
  'renderer/features/result/previous-views.tsx',
  // Nothing is asked there: the answer stays where it is.
  'renderer/features/copied/copied.tsx',
  // For trainers: nobody is asked, and no patient is real.
  'renderer/features/training/training.tsx',
  // A window of figures for a help desk.
  'renderer/features/diagnostics/diagnostics.tsx',
];

test('H21: every screen that shows a fault says to phone', () => {
  const sources = globSync('renderer/**/*.tsx', { cwd: root });
  const silent = sources.filter((file) => {
    const text = readFileSync(path.join(root, file), 'utf8');
    return text.includes('<FaultDetail') && !text.includes('<ContactSafeguardingNotice');
  });
  expect(silent.toSorted()).toEqual(exceptions.toSorted());
});
