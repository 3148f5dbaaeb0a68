import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { temporaryFolder } from '../../e2e/doubles/temporary-folder.ts';
import { inPieces, writeNewFile } from './new-file.ts';

let folder: string;

beforeEach(() => {
  folder = temporaryFolder();
});

test('a long text is written whole, for its owner alone', async () => {
  const file = path.join(folder, 'long.txt');
  const line = `${'é'.repeat(999)}\n`;
  const count = writeNewFile(file, (write) => {
    for (let index = 0; index < 300; index += 1) write(line);
    return 300;
  });
  expect(count).toBe(300);
  expect(await readFile(file, 'utf8')).toBe(line.repeat(300));
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});

test('what fails halfway leaves no file that could pass for the whole', async () => {
  const work = () =>
    writeNewFile(path.join(folder, 'half.txt'), (write) => {
      write('x'.repeat(200_000));
      throw new Error('The trail cannot be read on.');
    });
  expect(work).toThrow('The trail cannot be read on.');
  expect(await readdir(folder)).toEqual([]);
});

test('a file that is there stays as it is', async () => {
  const file = path.join(folder, 'there.txt');
  writeNewFile(file, (write) => write('first'));
  expect(() => writeNewFile(file, (write) => write('second'))).toThrow('EEXIST');
  expect(await readFile(file, 'utf8')).toBe('first');
});

test('text goes out in pieces while the work goes on, not at its end', () => {
  const written: string[] = [];
  inPieces(
    (text) => written.push(text),
    (write) => {
      write('x'.repeat(100_000));
      expect(written).toHaveLength(1);
      write('last');
    },
  );
  expect(written).toEqual(['x'.repeat(100_000), 'last']);
});
