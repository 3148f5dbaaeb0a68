import { expect, test } from 'vitest';
import { packageLocation } from './bundled-packages.ts';

test.each([
  ['/repo/node_modules/react/index.js', 'node_modules/react'],
  ['/repo/node_modules/@scope/name/lib/a.js?commonjs-module', 'node_modules/@scope/name'],
  ['\0/repo/node_modules/react/index.js', 'node_modules/react'],
  ['/repo/node_modules/a/node_modules/@b/c/d.js', 'node_modules/a/node_modules/@b/c'],
  ['/repo/electron/main.ts', undefined],
  ['/elsewhere/node_modules/react/index.js', undefined],
  ['\0vite/preload-helper.js', undefined],
])('%j belongs to %s', (module, location) => {
  expect(packageLocation('/repo', module)).toBe(location);
});
