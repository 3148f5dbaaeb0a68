import { expect, test } from 'vitest';
import { planOf } from './site-updates.ts';

const key = 'a key';
const feed = { updateFeed: 'https://updates.example.nhs.uk/viewer' };

test('on, where the policy, the build and the feed say so', () => {
  expect(planOf({ updates: 'automatic', ...feed }, 'release', key)).toEqual({
    kind: 'on',
    folder: new URL('https://updates.example.nhs.uk/viewer/'),
    publicKey: key,
  });
  expect(planOf({ updates: 'notify', ...feed }, 'release', key)).toMatchObject({ kind: 'on' });
});

test.each([
  ['the policy says nothing', { ...feed }, 'release', key],
  ['the policy says off', { updates: 'off', ...feed }, 'release', key],
  ['no key was built in', { updates: 'automatic', ...feed }, 'release', ''],
  ['no feed is named', { updates: 'automatic' }, 'release', key],
  ['it is the training edition', { updates: 'automatic', ...feed }, 'training', key],
  [
    'the feed is on this computer, and this is a release',
    { updates: 'automatic', updateFeed: 'http://127.0.0.1:8080/' },
    'release',
    key,
  ],
] as const)('off, where %s', (_case, policy, flavour, publicKey) => {
  expect(planOf(policy, flavour, publicKey)).toMatchObject({ kind: 'off' });
});
