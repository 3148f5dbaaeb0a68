/** The files that an administrator may import, and the messages about the others. */
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { readPrivateKey } from './private-key.ts';

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = (key: KeyObject, type: 'pkcs1' | 'pkcs8' = 'pkcs8') =>
  key.export({ type, format: 'pem' }).toString();
const encrypted = (type: 'pkcs1' | 'pkcs8') =>
  rsa.privateKey.export({ type, format: 'pem', cipher: 'aes-256-cbc', passphrase: 'right' }).toString();

describe('is read', () => {
  test.each([
    ['PKCS #8', pem(rsa.privateKey), undefined],
    ['PKCS #1', pem(rsa.privateKey, 'pkcs1'), undefined],
    ['encrypted PKCS #8', encrypted('pkcs8'), 'right'],
    ['encrypted PKCS #1', encrypted('pkcs1'), 'right'],
    ['words of openssl around it', `Bag Attributes\n${pem(rsa.privateKey)}\n`, undefined],
    ['line ends of Windows', pem(rsa.privateKey).replaceAll('\n', '\r\n'), undefined],
    ['a passphrase that was not needed', pem(rsa.privateKey), 'any'],
  ])('%s', (_case, text, passphrase) => {
    expect(readPrivateKey(text, passphrase)).toMatchObject({ kind: 'read', bits: 2048 });
  });

  test('4096 bits', () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 4096 });
    expect(readPrivateKey(pem(privateKey), undefined)).toMatchObject({ kind: 'read', bits: 4096 });
  });
});

describe('is refused', () => {
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
  const short = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey;
  test.each([
    ['no PEM', 'hello', undefined, 'is not a private key in PEM form'],
    ['nothing', '', undefined, 'is not a private key in PEM form'],
    [
      'the public half',
      rsa.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
      undefined,
      'is PEM, but holds no private key',
    ],
    ['a key of another kind', pem(ec), undefined, 'holds a key that is not RSA'],
    ['a short key', pem(short), undefined, 'holds a key of 1024 bits: 2048 is the least, 4096 is advised'],
    ['damage', pem(rsa.privateKey).replace(/\n[^\n]{20}/, '\nAAAA'), undefined, 'is damaged'],
    ['no passphrase', encrypted('pkcs8'), undefined, 'is protected by a passphrase'],
    ['no passphrase (PKCS #1)', encrypted('pkcs1'), undefined, 'is protected by a passphrase'],
    ['a wrong passphrase', encrypted('pkcs8'), 'wrong', 'cannot be opened with this passphrase'],
  ])('%s', (_case, text, passphrase, problem) => {
    expect(readPrivateKey(text, passphrase)).toMatchObject({
      kind: 'refused',
      problem: expect.stringContaining(problem) as string,
    });
  });
});
