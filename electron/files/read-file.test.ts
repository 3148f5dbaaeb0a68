import { execFile } from 'node:child_process';
import { mkdir, open, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { beforeEach, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../e2e/doubles/temporary-folder.ts';
import { decodeUtf8, type FileRead, readFileSafely, readFileSafelySync } from './read-file.ts';

let folder: string;

beforeEach(() => {
  folder = temporaryFolder();
});

const readers: Readonly<Record<string, (file: string, mostBytes?: number) => FileRead | Promise<FileRead>>> =
  {
    readFileSafely,
    readFileSafelySync: (file, mostBytes) =>
      readFileSafelySync(file, mostBytes === undefined ? {} : { mostBytes }),
  };
const unreadable = (problem: string, code?: string): FileRead => ({ kind: 'unreadable', problem, code });

describe.each(Object.entries(readers))('%s', (_name, read) => {
  test('reads a regular file, also through a link', async () => {
    const file = path.join(folder, 'file');
    await writeFile(file, 'some text');
    await symlink(file, path.join(folder, 'link'));
    for (const name of ['file', 'link'])
      expect(await read(path.join(folder, name))).toEqual({ kind: 'read', bytes: Buffer.from('some text') });
  });

  test('only a file that is not there is missing', async () => {
    expect(await read(path.join(folder, 'file'))).toEqual({ kind: 'missing' });
    await writeFile(path.join(folder, 'file'), '');
    expect(await read(path.join(folder, 'file', 'below'))).toEqual(
      unreadable('is not a folder, or below something that is none (ENOTDIR)', 'ENOTDIR'),
    );
    await symlink('circle', path.join(folder, 'circle'));
    expect(await read(path.join(folder, 'circle'))).toEqual(
      unreadable('is a symbolic link that leads nowhere (ELOOP)', 'ELOOP'),
    );
  });

  test('H4: a folder, a FIFO, a device and a file that is too large are unreadable, and do not block the reader', async () => {
    await mkdir(path.join(folder, 'folder'));
    expect(await read(path.join(folder, 'folder'))).toEqual(unreadable('is a folder'));
    await promisify(execFile)('mkfifo', [path.join(folder, 'fifo')]);
    expect(await read(path.join(folder, 'fifo'))).toEqual(unreadable('is not a regular file'));
    expect(await read('/dev/zero')).toEqual(unreadable('is not a regular file'));
    const sparse = await open(path.join(folder, 'sparse'), 'w');
    await sparse.truncate(3 * 1024 ** 3);
    await sparse.close();
    expect(await read(path.join(folder, 'sparse'))).toEqual(unreadable('is larger than 256 kB'));
    expect(await read(path.join(folder, 'sparse'), 2 ** 20)).toEqual(unreadable('is larger than 1024 kB'));
  });
});

test('a link can be refused, and a piece be read', async () => {
  const file = path.join(folder, 'file');
  await writeFile(file, 'some text');
  await symlink(file, path.join(folder, 'link'));
  expect(readFileSafelySync(path.join(folder, 'link'), { refuseLinks: true })).toEqual(
    unreadable('is a symbolic link'),
  );
  const piece = (offset: number, length: number) =>
    readFileSafelySync(file, { refuseLinks: true, offset, length });
  expect(piece(5, 2)).toEqual({ kind: 'read', bytes: Buffer.from('te') });
  expect(piece(5, 100)).toEqual({ kind: 'read', bytes: Buffer.from('text') });
  expect(piece(100, 100)).toEqual({ kind: 'read', bytes: Buffer.alloc(0) });
});

test('a byte order mark is no part of a text, and other bytes than UTF-8 are no text', () => {
  expect(decodeUtf8(Buffer.from('\uFEFF{}'))).toBe('{}');
  expect(decodeUtf8(Buffer.from([0xff, 0xfe, 0x7b, 0x00]))).toBeUndefined();
});
