import { expect, test } from 'vitest';
import { placeFallbackFile } from './fallback-files.ts';

test('the executable gets its own name back', () => {
  expect(placeFallbackFile('Cypress/Cypress')).toBe('electron');
});

test.each([
  ['Cypress/icudtl.dat', 'icudtl.dat'],
  ['Cypress/locales/en-GB.pak', 'locales/en-GB.pak'],
])('%s belongs to Electron', (name, place) => {
  expect(placeFallbackFile(name)).toBe(place);
});

test.each([
  ['Cypress/resources/app/index.js'],
  ['Cypress/browser_v8_context_snapshot.bin'],
  ['Cypress/../../etc/passwd'],
  ['other'],
])('%s is left out', (name) => {
  expect(placeFallbackFile(name)).toBeUndefined();
});
