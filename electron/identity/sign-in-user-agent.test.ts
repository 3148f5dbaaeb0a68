import { expect, test } from 'vitest';
import { isRedirect } from './sign-in-user-agent.ts';

test.each([
  ['http://127.0.0.1:47113/callback', 'http://127.0.0.1:47113/callback?code=1', true],
  ['http://127.0.0.1:47113/callback', 'http://127.0.0.1:47113/callback/x', false],
  ['http://127.0.0.1:47113/callback', 'http://127.0.0.1/callback', false],
  ['http://127.0.0.1:47113/callback', 'https://127.0.0.1:47113/callback', false],
  ['cpis-viewer://auth', 'cpis-viewer://auth?code=1', true],
  ['cpis-viewer://auth', 'cpis-viewer://other?code=1', false],
  ['cpis-viewer://auth', 'cpis-viewer://auth/x?code=1', false],
  ['cpis-viewer://auth', 'evil://auth?code=1', false],
])('H3: a redirect to %s: is %s one? %s', (redirectUri, url, expected) => {
  expect(isRedirect(new URL(url), new URL(redirectUri))).toBe(expected);
});
