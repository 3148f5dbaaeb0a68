/** docs/threat-model.md names files as evidence: they exist. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../verification/tools.ts';

const text = readFileSync(path.join(root, 'docs', 'threat-model.md'), 'utf8');
const named = [...text.matchAll(/`((?:build|e2e|electron)\/[^`*]+\.ts)`/g)].flatMap(([, file]) => file ?? []);

test('it names tests', () => expect(named.length).toBeGreaterThan(20));

test.each([...new Set(named)])('%s is there', (file) => {
  expect(existsSync(path.join(root, file))).toBe(true);
});
