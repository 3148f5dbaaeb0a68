import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { resolveInside } from './resolve-inside.ts';

const root = path.resolve('/srv/renderer');

describe('a path of app://viewer', () => {
  test('leads to a file below the folder', () => {
    expect(resolveInside(root, '/assets/a.js')).toBe(path.join(root, 'assets/a.js'));
  });

  test.each(['/', '/%00', '/..%5c..%5cetc', '/%E0%A4%A'])('%j leads nowhere', (urlPath) => {
    expect(resolveInside(root, urlPath)).toBeUndefined();
  });

  test('never leads outside, however it is written', () => {
    const part = fc.constantFrom('..', '%2e%2e', '.', 'a', '%2f', '/', '//', '%5c', 'renderer-secret');
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        const file = resolveInside(root, `/${parts.join('/')}`);
        expect(file === undefined || file.startsWith(root + path.sep)).toBe(true);
      }),
    );
  });
});
