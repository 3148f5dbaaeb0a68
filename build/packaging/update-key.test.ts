import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { temporaryFolder } from '../../e2e/doubles/temporary-folder.ts';
import { feedName, signatureName, signedText } from '../../shared/update-feed.ts';
import { publicKeyText, readUpdateKey, writeSignedFeed } from './update-key.ts';

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => vi.unstubAllEnvs());

async function giveKey(kind: 'ed25519' | 'x25519'): Promise<void> {
  const { privateKey } = kind === 'ed25519' ? generateKeyPairSync(kind) : generateKeyPairSync(kind);
  const file = path.join(folder, 'key.pem');
  await writeFile(file, privateKey.export({ format: 'pem', type: 'pkcs8' }));
  vi.stubEnv('CPIS_VIEWER_UPDATE_KEY', file);
}

test('signs the feed as the key that is built in can check', async () => {
  await giveKey('ed25519');
  const key = await readUpdateKey('release');
  if (key === undefined) throw new Error('no key');
  const [feed = '', signatureFile = ''] = await writeSignedFeed(folder, '1.0.0', key);
  expect([path.basename(feed), path.basename(signatureFile)]).toEqual([feedName, signatureName]);
  const text = await readFile(feed, 'utf8');
  expect(JSON.parse(text)).toEqual({ version: '1.0.0' });

  const signature = Buffer.from(await readFile(signatureFile, 'utf8'), 'base64');
  const spki = Buffer.from(publicKeyText(key), 'base64');
  const builtIn = createPublicKey({ key: spki, format: 'der', type: 'spki' });
  expect(verify(null, Buffer.from(signedText(text)), builtIn, signature)).toBe(true);
});

test('there is none unless it is given, and none for what is not published', async () => {
  vi.stubEnv('CPIS_VIEWER_UPDATE_KEY', '');
  expect(await readUpdateKey('release')).toBeUndefined();
  expect(publicKeyText(undefined)).toBe('');
  await giveKey('ed25519');
  for (const flavour of ['development', 'test', 'training'] as const)
    expect(await readUpdateKey(flavour)).toBeUndefined();
});

test('a key of another kind, or a file that is not there, stops the build', async () => {
  await giveKey('x25519');
  await expect(readUpdateKey('release')).rejects.toThrow('must name an Ed25519 key');
  vi.stubEnv('CPIS_VIEWER_UPDATE_KEY', path.join(folder, 'gone.pem'));
  await expect(readUpdateKey('release')).rejects.toThrow('ENOENT');
});
