import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { CompactEncrypt, compactDecrypt, importPKCS8, importSPKI } from 'jose';
import { describe, expect, test } from 'vitest';
import { createDecrypter, createEncrypter } from './jwe.ts';

const keyPair = () => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  return {
    oneLine: publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
    publicPem: publicKey.export({ format: 'pem', type: 'spki' }).toString(),
    privatePem: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
  };
};

const site = keyPair();

describe('an encrypted value', () => {
  test('opens with the private key, and is different each time', () => {
    const encrypter = createEncrypter(site.oneLine);
    const decrypter = createDecrypter(site.privatePem);
    expect(encrypter?.kid).toBe(decrypter?.kid);
    const jwe = [encrypter?.encrypt('9990000018'), encrypter?.encrypt('9990000018')];
    expect(new Set(jwe).size).toBe(2);
    for (const one of jwe) {
      expect(one).not.toContain('9990000018');
      expect(decrypter?.decrypt(one ?? '')).toBe('9990000018');
    }
  });

  test('any JOSE library opens it', async () => {
    const jwe = createEncrypter(site.publicPem)?.encrypt('9990000018') ?? '';
    const { plaintext } = await compactDecrypt(jwe, await importPKCS8(site.privatePem, 'ECDH-ES'));
    expect(new TextDecoder().decode(plaintext)).toBe('9990000018');
  });

  test('what another JOSE library seals opens here', async () => {
    const jwe = await new CompactEncrypt(new TextEncoder().encode('9990000018'))
      .setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM', kid: 'theirs' })
      .encrypt(await importSPKI(site.publicPem, 'ECDH-ES'));
    expect(createDecrypter(site.privatePem)?.decrypt(jwe)).toBe('9990000018');
  });

  test('does not open with another key', () => {
    const jwe = createEncrypter(site.oneLine)?.encrypt('9990000018') ?? '';
    expect(createDecrypter(keyPair().privatePem)?.decrypt(jwe)).toBeUndefined();
  });

  test('does not open once any of its characters is another', () => {
    const jwe = createEncrypter(site.oneLine)?.encrypt('9990000018') ?? '';
    const decrypter = createDecrypter(site.privatePem);
    fc.assert(
      fc.property(fc.nat({ max: jwe.length - 1 }), fc.constantFrom('!', '.', '~'), (place, character) => {
        fc.pre(jwe[place] !== character);
        const changed = jwe.slice(0, place) + character + jwe.slice(place + 1);
        expect(decrypter?.decrypt(changed)).toBeUndefined();
      }),
    );
  });
});

describe('a key that is not on P-256', () => {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const other = generateKeyPairSync('ec', { namedCurve: 'secp384r1' });
  test.each([
    ['nothing', ''],
    ['words', 'not a key'],
    ['a private key', site.privatePem.replaceAll('\n', '')],
    ['an RSA key', rsa.publicKey.export({ format: 'pem', type: 'spki' }).toString()],
    ['another curve', other.publicKey.export({ format: 'pem', type: 'spki' }).toString()],
  ])('%s is refused', (_name, key) => expect(createEncrypter(key)).toBeUndefined());

  test('nor is a decrypter made of a public key', () =>
    expect(createDecrypter(site.publicPem)).toBeUndefined());
});
