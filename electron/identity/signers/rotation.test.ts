/** Keys overlap, so that users can sign in on the day that a key changes. */
import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { expect, test } from 'vitest';
import { createSigner } from './create-signer.ts';
import { publicJwks } from './public-jwks.ts';
import { type Signer, signJwt } from './signer.ts';
import { KeyStoreFault } from './stored/key-store.ts';

const change = Date.parse('2027-01-15T06:00:00Z');
const privateKeys = {
  old: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey,
  new: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey,
};

/** `usable`: the stored keys that can be opened. */
function signerAt(now: number, usable: readonly string[]): Signer {
  const stored = (name: string) => ({ kind: 'stored' as const, kid: `${name}-kid`, name });
  return createSigner(
    { signer: stored('old'), nextSigner: { from: change, signer: stored('new') } },
    {
      now: () => new Date(now),
      timeoutMs: 1_000,
      network: { request: () => Promise.reject(new Error('No network here')) },
      openToken: () => {
        throw new Error('No token here');
      },
      keyStore: {
        open: async (name) => {
          if ((name === 'old' || name === 'new') && usable.includes(name)) return privateKeys[name];
          throw new KeyStoreFault('was never brought in for this user');
        },
      },
    },
  );
}

const kidOf = async (signer: Signer) => {
  const [header = ''] = (await signJwt(signer, { iss: 'site' })).split('.');
  return (JSON.parse(Buffer.from(header, 'base64url').toString()) as { kid: string }).kid;
};

test.each([
  ['the old key signs until the hour', change - 1, ['old', 'new'], 'old-kid'],
  ['the new key signs from the hour on', change, ['old', 'new'], 'new-kid'],
  ['the old key stands in where the new one was not brought', change, ['old'], 'old-kid'],
  ['the old key may be gone once the new one signs', change, ['new'], 'new-kid'],
])('%s', async (_case, now, usable, kid) => {
  await expect(kidOf(signerAt(now, usable))).resolves.toBe(kid);
});

test('a new key never signs before its start time, since the platform may not know it yet', async () => {
  await expect(kidOf(signerAt(change - 1, ['new']))).rejects.toThrow(
    'the stored key "old" was never brought in',
  );
});

test('without any key each reason is named', async () => {
  await expect(kidOf(signerAt(change, []))).rejects.toThrow(/"new" was never .*; .*"old" was never/);
});

test('both keys are published before the start time', async () => {
  const signer = signerAt(change - 3_600_000, ['old', 'new']);
  const jwks = await publicJwks(signer.all.map((key) => ({ key, algorithm: 'RS512' })));
  expect(jwks.keys.map(({ kid, use, alg, kty }) => [kid, use, alg, kty])).toEqual([
    ['old-kid', 'sig', 'RS512', 'RSA'],
    ['new-kid', 'sig', 'RS512', 'RSA'],
  ]);
  expect(Object.keys(jwks.keys[0] ?? {}).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
});

test('a key that cannot be read is no reason to publish the others without it', async () => {
  const signer = signerAt(change, ['old']);
  const keys = signer.all.map((key) => ({ key, algorithm: 'RS512' as const }));
  await expect(publicJwks(keys)).rejects.toThrow('"new" was never brought in');
});

test('what is signed is a JWT that the published key verifies', async () => {
  const signer = signerAt(change, ['new']);
  const jwt = await signJwt(signer, { iss: 'site', exp: 1 });
  const [header = '', claims = '', signature = ''] = jwt.split('.');
  const key = createPublicKey(privateKeys.new);
  expect(
    verify('RSA-SHA512', Buffer.from(`${header}.${claims}`), key, Buffer.from(signature, 'base64url')),
  ).toBe(true);
});
