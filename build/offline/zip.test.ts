import { mkdtemp, readFile, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { extractFromZip } from './zip.ts';

interface Member {
  readonly name: string;
  readonly content: string;
  readonly mode?: number;
  readonly stored?: boolean;
}

/** A minimal ZIP archive: local headers with data, directory, end record. */
function zip(members: readonly Member[], comment = ''): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content, mode = 0o644, stored = false } of members) {
    const data = stored ? Buffer.from(content) : deflateRawSync(content);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(stored ? 0 : 8, 10);
    entry.writeUInt32LE(data.length, 20);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE((mode << 16) >>> 0, 38);
    entry.writeUInt32LE(offset, 42);
    parts.push(local, Buffer.from(name), data);
    directory.push(entry, Buffer.from(name));
    offset += local.length + name.length + data.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(members.length, 10);
  end.writeUInt32LE(offset, 16);
  end.writeUInt16LE(comment.length, 20);
  return Buffer.concat([...parts, ...directory, end, Buffer.from(comment)]);
}

async function extracted(bytes: Buffer, place: (name: string) => string | undefined): Promise<string> {
  const directory = await mkdtemp(path.join(tmpdir(), 'zip-test-'));
  const archive = path.join(directory, 'archive.zip');
  await writeFile(archive, bytes);
  await extractFromZip(archive, path.join(directory, 'target'), place);
  return path.join(directory, 'target');
}

test('chosen files, compressed or not, under the names they are given', async () => {
  const target = await extracted(
    zip([
      { name: 'App/App', content: 'a'.repeat(1_000), mode: 0o755 },
      { name: 'App/locales/', content: '', stored: true },
      { name: 'App/locales/en.pak', content: 'words', stored: true },
      { name: 'App/empty', content: '', stored: true },
    ]),
    (name) => name.replace('App/App', 'electron').replace('App/', ''),
  );
  await expect(readFile(path.join(target, 'electron'), 'utf8')).resolves.toBe('a'.repeat(1_000));
  await expect(readFile(path.join(target, 'locales/en.pak'), 'utf8')).resolves.toBe('words');
  await expect(readFile(path.join(target, 'empty'), 'utf8')).resolves.toBe('');
  expect((await stat(path.join(target, 'electron'))).mode & 0o777).toBe(0o755);
  expect((await stat(path.join(target, 'locales/en.pak'))).mode & 0o777).toBe(0o644);
});

test('a file with no place is left out', async () => {
  const target = await extracted(
    zip([
      { name: 'keep', content: 'x' },
      { name: 'drop', content: 'y' },
    ]),
    (name) => (name === 'keep' ? name : undefined),
  );
  await expect(stat(path.join(target, 'drop'))).rejects.toThrow('ENOENT');
});

test('a comment at the end does not hide the directory', async () => {
  const target = await extracted(zip([{ name: 'a', content: 'x' }], 'made by hand'), (name) => name);
  await expect(readFile(path.join(target, 'a'), 'utf8')).resolves.toBe('x');
});

test('an archive that was cut short is refused', async () => {
  const whole = zip([{ name: 'a', content: 'x' }]);
  await expect(extracted(whole.subarray(0, whole.length - 8), (name) => name)).rejects.toThrow('cut short');
});
