import { expect, test } from 'vitest';
import type { Notice } from '../../shared/application.ts';
import type { LogRecord } from '../diagnostics/log.ts';
import { checkSigningKeys } from './check-signing-keys.ts';
import type { SiteKeyCheck } from './site-signers.ts';

const key = (
  use: SiteKeyCheck['use'],
  role: SiteKeyCheck['role'],
  result: SiteKeyCheck['result'],
): SiteKeyCheck => ({ use, role, result, kid: `${use}-${role}`, kind: 'remote', reason: '' });

async function noticesFor(checks: readonly SiteKeyCheck[]) {
  const notices: Notice[] = [];
  const records: LogRecord[] = [];
  await checkSigningKeys({
    signers: { check: async () => checks },
    log: { write: (record) => records.push(record) },
    notify: (notice) => notices.push(notice),
  });
  expect(records).toHaveLength(checks.length);
  return notices;
}

test.each([
  ['every key signs', [key('platform', 'current', 'verified'), key('care-identity', 'current', 'signs')]],
  [
    'the former key stands in',
    [key('platform', 'current', 'cannot-sign'), key('platform', 'stand-in', 'signs')],
  ],
  [
    'only the next one is not there yet',
    [key('platform', 'current', 'signs'), key('platform', 'next', 'cannot-sign')],
  ],
  ['Care Identity takes a secret', [key('platform', 'current', 'signs')]],
])('no notice: %s', async (_case, checks) => {
  await expect(noticesFor(checks)).resolves.toEqual([]);
});

test.each([
  [
    'the platform’s key cannot sign',
    [key('platform', 'current', 'cannot-sign'), key('care-identity', 'current', 'signs')],
  ],
  [
    'Care Identity’s key cannot sign',
    [key('platform', 'current', 'signs'), key('care-identity', 'current', 'cannot-sign')],
  ],
  [
    'only the next one can sign',
    [key('platform', 'current', 'cannot-sign'), key('platform', 'next', 'signs')],
  ],
])('a notice: %s', async (_case, checks) => {
  const [notice, ...more] = await noticesFor(checks);
  expect(notice?.text).toContain('Sign-in will not work');
  expect(notice?.preventsLookups).toBe(true);
  expect(more).toEqual([]);
});
