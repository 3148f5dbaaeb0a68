import * as v from 'valibot';
import { expect, test } from 'vitest';
import { readEntry } from './entry.ts';
import { csvExport } from './export-trail.ts';
import { recordedNotification } from './recorded-notification.ts';
import { readUsageEntry } from './report/usage-entry.ts';

/** A line as a trail of the former words has it. */
const formerLine =
  '{"actor":{"organisation":"Testing NHS Trust","role":"Nurse","userId":"999999910000"},"at":"2026-05-01T02:10:00.000Z","checkId":"a","event":"cpis-outcome","fault":null,"hash":"49dfe169b69c88d919086caa743b3e878b086e058bb39d5ab65fd4a5dfc624cf","notification":"told","outcome":"found","previous":"0000000000000000000000000000000000000000000000000000000000000000","query":"check","seq":1,"workstation":"WARD-7"}';

test('an entry in the former words still verifies, is exported as written, and is counted as what it means', () => {
  const entry = readEntry(Buffer.from(formerLine));
  if (entry === undefined) throw new Error('its hash is not right');
  expect(csvExport(undefined).entry(entry)).toContain(',found,told,');
  expect(readUsageEntry(entry)).toMatchObject({ outcome: 'found', notification: 'sent' });
});

test.each([
  ['told', 'sent'],
  ['not-told', 'not-sent'],
  ['may-have-been-told', 'unknown'],
  ['sent', 'sent'],
  ['constructor', 'constructor'],
])('"%s" means "%s"', (recorded, means) => {
  expect(v.parse(recordedNotification, recorded)).toBe(means);
});
