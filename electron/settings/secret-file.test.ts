/** Real files with a secret, as editors, shells and mistakes of administrators write them. */

import { execFile } from 'node:child_process';
import { chmod, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import { sharedTemporaryFolder } from '../../e2e/doubles/temporary-folder.ts';
import { readProxyCredentials } from '../network/proxy-login.ts';
import { readSecret } from './secret-file.ts';

const run = promisify(execFile);
const folder = sharedTemporaryFolder();
const file = path.join(folder, 'secret');
beforeAll(() => chmod(folder, 0o755));

const utf16BigEndian = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16();

describe('H21: a secret is read as it was meant', () => {
  test.each<[string, string | Buffer]>([
    ['nothing else', 'pass word'],
    ['the end of a line', 'pass word\r\n'],
    ['empty lines and blanks around it', '\n\u00a0 pass word \t\n\n'],
    ['a byte order mark', '\ufeffpass word\r\n'],
    ['UTF-16 of PowerShell', Buffer.from('\ufeffpass word\r\n', 'utf16le')],
    ['UTF-16, the other way round', utf16BigEndian('pass word')],
  ])('with %s', async (_case, content) => {
    await writeFile(file, content);
    await expect(readSecret(file)).resolves.toEqual({ kind: 'read', secret: 'pass word' });
  });

  test('and so is the log-in of a proxy', async () => {
    await writeFile(file, '\ufeff viewer \r\n pass word \r\n\r\n');
    await expect(readProxyCredentials(file)).resolves.toEqual({ user: 'viewer', password: 'pass word' });
    await writeFile(file, 'viewer\npass\nword');
    await expect(readProxyCredentials(file)).resolves.toBeUndefined();
  });
});

describe('an invalid secret is described, and never repeated', () => {
  test.each<[string, string | Buffer, string]>([
    ['nothing', '\ufeff \n', 'is empty'],
    ['two lines', 'one\ntwo', 'holds more than one line'],
    ['another encoding', Buffer.from([0x70, 0xa3, 0x0a]), 'is not text in UTF-8'],
    ['UTF-16 without a mark', Buffer.from('pass', 'utf16le'), 'is not text in UTF-8'],
    ['an invisible character', 'pass\u200b', 'holds a character that cannot be seen'],
    ['far too much', 'x'.repeat(70_000), 'is larger than 64 kB'],
  ])('%s', async (_case, content, problem) => {
    await writeFile(file, content);
    await expect(readSecret(file)).resolves.toEqual({ kind: 'unusable', problem });
  });

  test('no file, a folder, a pipe without a writer', async () => {
    const pipe = path.join(folder, 'pipe');
    await run('mkfifo', [pipe]);
    await expect(readSecret('/nowhere/pin')).resolves.toMatchObject({ problem: 'is not there' });
    await expect(readSecret(folder)).resolves.toMatchObject({ problem: 'is a folder' });
    await expect(readSecret(pipe)).resolves.toMatchObject({ problem: 'is not a regular file' });
  });

  test('a user without rights to the file', async () => {
    await writeFile(file, 'pass word');
    await chmod(file, 0o000);
    const isRoot = process.geteuid?.() === 0;
    if (isRoot) process.seteuid?.(65_534);
    try {
      await expect(readSecret(file)).resolves.toMatchObject({ problem: 'may not be read (EACCES)' });
    } finally {
      if (isRoot) process.seteuid?.(0);
      await chmod(file, 0o600);
    }
  });
});
