import { mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { temporaryFolder } from '../e2e/doubles/temporary-folder.ts';
import { sourceStamp } from './source-stamp.ts';

let root = '';

beforeEach(async () => {
  root = temporaryFolder();
  await mkdir(path.join(root, 'electron/app'), { recursive: true });
  await writeFile(path.join(root, 'electron/app/main.ts'), 'one');
  await writeFile(path.join(root, 'package.json'), '{}');
});

const stamp = () => sourceStamp(root, ['electron', 'package.json']);

test('nothing changed, or only a test', async () => {
  const before = await stamp();
  await writeFile(path.join(root, 'electron/app/main.test.ts'), 'new');
  expect(await stamp()).toBe(before);
});

test('a changed, added or renamed file changes it', async () => {
  const stamps = [await stamp()];
  await writeFile(path.join(root, 'electron/app/main.ts'), 'two');
  stamps.push(await stamp());
  await writeFile(path.join(root, 'electron/other.ts'), '');
  stamps.push(await stamp());
  await rename(path.join(root, 'electron/other.ts'), path.join(root, 'electron/another.ts'));
  stamps.push(await stamp());
  expect(new Set(stamps).size).toBe(4);
});
