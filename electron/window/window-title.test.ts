import { expect, test } from 'vitest';
import { titleOfEdition, titleOfEnvironment } from './window-title.ts';

test.each([
  ['release', { live: true, tag: 'LIVE' }, 'CP-IS Viewer'],
  ['release', { live: false, tag: 'INTEGRATION' }, 'CP-IS Viewer – INTEGRATION'],
  ['training', { live: false, tag: 'SIMULATOR' }, 'CP-IS Viewer – Training'],
] as const)('H16: the title of the edition "%s" with %o is "%s"', (flavour, environment, title) => {
  expect(titleOfEnvironment(flavour, environment)).toBe(title);
});

test('H16: the training edition says so before its environment has been read', () => {
  expect(titleOfEdition('training')).toBe('CP-IS Viewer – Training');
  expect(titleOfEdition('release')).toBe('CP-IS Viewer');
});
