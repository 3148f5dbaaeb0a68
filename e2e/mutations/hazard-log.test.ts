import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { hazardLog, writeEvidence } from './hazard-log.ts';

test('the evidence in docs/hazard-log.md is up to date (if not: npm run hazard-log)', () => {
  const text = readFileSync(hazardLog, 'utf8');
  expect(text).toBe(writeEvidence(text));
});
