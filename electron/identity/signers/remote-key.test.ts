/** Over real HTTP, against a server that signs like Transit. */

import { createPublicKey, verify } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { sharedTemporaryFolder } from '../../../e2e/doubles/temporary-folder.ts';
import { startTransitServer, type TransitServer, transitToken } from '../../../e2e/doubles/transit-server.ts';
import { chromiumFetch } from '../../network/testing/chromium-fetch.ts';
import { createTestNetwork } from '../../network/testing/loopback-server.ts';
import { checkKeys } from './check-keys.ts';
import { createRemoteKey } from './remote-key.ts';
import type { SigningKey } from './signer.ts';

const data = new TextEncoder().encode('header.claims');
const network = createTestNetwork(chromiumFetch);
let transit: TransitServer;
const folder = sharedTemporaryFolder();

beforeAll(async () => {
  transit = await startTransitServer();
  await writeFile(path.join(folder, 'token'), `${transitToken}\n`);
});
afterEach(() => {
  transit.answer = undefined;
  transit.mayReadKey = true;
});
afterAll(() => transit.stop());

function keyWith(
  settings: Partial<Parameters<typeof createRemoteKey>[0]> = {},
  timeoutMs = 5_000,
): SigningKey {
  return createRemoteKey(
    {
      kind: 'remote',
      kid: 'k1',
      baseUrl: transit.baseUrl,
      mount: 'transit',
      key: 'site',
      keyVersion: 1,
      tokenFile: path.join(folder, 'token'),
      ...settings,
    },
    { network, timeoutMs },
  );
}

const reasonOf = (key: SigningKey) =>
  key.signBytes(data, 'RS512').then(
    () => 'signed',
    (error: Error) => `${error.name}: ${error.message}`,
  );

describe('a key service', () => {
  test.each([
    ['RS512', 'RSA-SHA512'],
    ['RS256', 'RSA-SHA256'],
  ] as const)('signs %s, and the signature fits its public half', async (algorithm, hash) => {
    const key = keyWith({ baseUrl: `${transit.baseUrl}/` });
    const signature = await key.signBytes(data, algorithm);
    const publicKey = createPublicKey({ key: { ...(await key.publicKey()) }, format: 'jwk' });
    expect(verify(hash, data, publicKey, signature)).toBe(true);
  });

  test('signs with the version that the kid stands for, whatever version is the newest', async () => {
    const [first, second] = [keyWith(), keyWith({ keyVersion: 2 })];
    expect(await first.publicKey()).not.toEqual(await second.publicKey());
    for (const key of [first, second]) {
      const [check] = await checkKeys([key]);
      expect(check).toMatchObject({ result: 'verified' });
    }
  });

  test('that may only sign is believed by the shape of its signature', async () => {
    transit.mayReadKey = false;
    const [check] = await checkKeys([keyWith()]);
    expect(check).toEqual({ kid: 'k1', kind: 'remote', result: 'signs', reason: '' });
  });

  test('is given its token afresh each time', async () => {
    const tokenFile = path.join(folder, 'renewed');
    await writeFile(tokenFile, 'hvs.expired');
    const key = keyWith({ tokenFile });
    await expect(reasonOf(key)).resolves.toContain('HTTP 403: its token is not valid');
    await writeFile(tokenFile, transitToken);
    await expect(reasonOf(key)).resolves.toBe('signed');
  });
});

describe('what stands in the way is named, without the token', () => {
  const json = (status: number, body: unknown) => (response: import('node:http').ServerResponse) =>
    void response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));

  test.each([
    ['a key that is not there', { key: 'other' }, 'HTTP 404: it has no such key'],
    ['a mount that is not there', { mount: 'team/transit' }, 'HTTP 404'],
    ['a version that is not there', { keyVersion: 3 }, 'HTTP 400'],
    ['no token file', { tokenFile: '/nowhere/token' }, 'its token file is not there'],
    ['no listener', { baseUrl: 'http://127.0.0.1:1' }, 'offline ('],
  ])('%s', async (_case, settings, reason) => {
    await expect(reasonOf(keyWith(settings))).resolves.toContain(
      `SigningKeyUnavailable: remote signer: ${reason}`,
    );
  });

  test('a token file with more than a token in it', async () => {
    const before = transit.requests.length;
    const tokenFile = path.join(folder, 'two-lines');
    await writeFile(tokenFile, 'one\r\nX-Other: two');
    await expect(reasonOf(keyWith({ tokenFile }))).resolves.toContain(
      'its token file holds more than one line',
    );
    expect(transit.requests).toHaveLength(before);
  });

  test.each([
    ['sealed', json(503, { errors: ['Vault is sealed'] }), 'HTTP 503: it is sealed'],
    ['a page of a proxy', json(200, '<html>'), 'its answer holds no signature'],
    ['no JSON', (response) => void response.end('<html>'), 'its answer is not JSON'],
    ['no signature', json(200, { data: {} }), 'its answer holds no signature'],
    ['another form', json(200, { data: { signature: 'gcp:v1:AAAA' } }), 'its answer holds no signature'],
    [
      'another version',
      json(200, { data: { signature: 'vault:v9:AAAA' } }),
      'it signed with another version',
    ],
    ['a redirect', (response) => void response.writeHead(307, { Location: '/v1/sys/health' }).end(), ''],
  ] satisfies [string, TransitServer['answer'], string][])('%s', async (_case, answer, reason) => {
    transit.answer = answer;
    await expect(reasonOf(keyWith())).resolves.toContain(`SigningKeyUnavailable: remote signer: ${reason}`);
  });

  test('a signature that is too short, or of another key, is found at the start', async () => {
    const short = json(200, { data: { signature: `vault:v1:${Buffer.alloc(64).toString('base64')}` } });
    transit.answer = short;
    const [check] = await checkKeys([keyWith()]);
    expect(check).toMatchObject({
      result: 'cannot-sign',
      reason: 'its signature has 64 bytes, which is too few',
    });

    const [ours, other] = [keyWith(), keyWith({ keyVersion: 2 })];
    transit.answer = undefined;
    const mixed: SigningKey = { ...ours, signBytes: other.signBytes };
    const [mismatch] = await checkKeys([mixed]);
    expect(mismatch).toMatchObject({ reason: 'its signature does not fit its public key' });
  });

  test('no answer', async () => {
    transit.answer = () => undefined;
    await expect(reasonOf(keyWith({}, 300))).resolves.toContain('timed-out');
  });
});
