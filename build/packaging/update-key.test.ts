import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { signedText } from '../../shared/update-feed.ts';
import { publicKeyText, readUpdateKey, signFeeds } from './update-key.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'cpis-viewer-update-key-'));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

async function giveKey(kind: 'ed25519' | 'x25519'): Promise<void> {
  const { privateKey } = kind === 'ed25519' ? generateKeyPairSync(kind) : generateKeyPairSync(kind);
  const file = path.join(folder, 'key.pem');
  await writeFile(file, privateKey.export({ format: 'pem', type: 'pkcs8' }));
  vi.stubEnv('CPIS_VIEWER_UPDATE_KEY', file);
}

test('signs each feed, and nothing else, as the key that is built in can check', async () => {
  await giveKey('ed25519');
  const key = await readUpdateKey('release');
  if (key === undefined) throw new Error('no key');
  const feed = path.join(folder, 'latest-linux-arm64.yml');
  await writeFile(feed, 'version: 1.0.0\n');
  await writeFile(path.join(folder, 'builder-debug.yml'), '');
  expect(await signFeeds(folder, key)).toEqual([feed, `${feed}.sig`]);

  const signature = Buffer.from(await readFile(`${feed}.sig`, 'utf8'), 'base64');
  const builtIn = createPublicKey({
    key: Buffer.from(publicKeyText(key), 'base64'),
    format: 'der',
    type: 'spki',
  });
  const text = signedText('latest-linux-arm64.yml', 'version: 1.0.0\n');
  expect(verify(null, Buffer.from(text), builtIn, signature)).toBe(true);
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
