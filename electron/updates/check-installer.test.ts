import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkInstaller } from './check-installer.ts';

let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'cpis-viewer-installer-'));
  file = path.join(folder, 'installer.exe');
  await writeFile(file, 'the new version');
});
afterEach(() => rm(folder, { recursive: true }));

const sha512 = createHash('sha512').update('the new version').digest('base64');
const sameSigner = async () => 'Valid|CN=Publisher\r\nValid|CN=Publisher';
const check = (powerShell: () => Promise<string> = sameSigner) =>
  checkInstaller(file, { running: 'C:\\viewer.exe', sha512, powerShell });

test('as it was fetched, and by the same publisher, it may be run', async () => {
  await expect(check()).resolves.toBeUndefined();
});

test('changed since it was fetched, it may not, whoever has signed it', async () => {
  await check();
  await writeFile(file, 'an old version of the same publisher');
  await expect(check()).rejects.toThrow('not the one that the feed names');
});

test('nor when it is gone, or its signature cannot be checked', async () => {
  await expect(check(() => Promise.reject(new Error('blocked')))).rejects.toThrow('blocked');
  await rm(file);
  await expect(check()).rejects.toThrow();
});
