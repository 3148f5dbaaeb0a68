import { readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { temporaryFolder } from '../../e2e/doubles/temporary-folder.ts';
import { extractFromZip } from './zip.ts';

/**
 * App/App (755, deflated), App/locales/, App/locales/en.pak (644, stored), App/empty and other, with a comment at the end, as
 * Python's zipfile writes them.
 */
const archive = Buffer.from(
  [
    'UEsDBBQAAAAIAAAAgVkD2jiaCwAAAOgDAAAHAAAAQXBwL0FwcEtMHAWjYBQMdwAAUEsDBBQAAAAAAAAAgVkAAAAAAAAAAAAAAAAM',
    'AAAAQXBwL2xvY2FsZXMvUEsDBBQAAAAAAAAAgVmMHn1xBQAAAAUAAAASAAAAQXBwL2xvY2FsZXMvZW4ucGFrd29yZHNQSwMEFAAA',
    'AAAAAACBWQAAAAAAAAAAAAAAAAkAAABBcHAvZW1wdHlQSwMEFAAAAAAAAACBWYMW3IwBAAAAAQAAAAUAAABvdGhlcnhQSwECFAMU',
    'AAAACAAAAIFZA9o4mgsAAADoAwAABwAAAAAAAAAAAAAA7YEAAAAAQXBwL0FwcFBLAQIUAxQAAAAAAAAAgVkAAAAAAAAAAAAAAAAM',
    'AAAAAAAAAAAAAADtQTAAAABBcHAvbG9jYWxlcy9QSwECFAMUAAAAAAAAAIFZjB59cQUAAAAFAAAAEgAAAAAAAAAAAAAApIFaAAAA',
    'QXBwL2xvY2FsZXMvZW4ucGFrUEsBAhQDFAAAAAAAAACBWQAAAAAAAAAAAAAAAAkAAAAAAAAAAAAAAKSBjwAAAEFwcC9lbXB0eVBL',
    'AQIUAxQAAAAAAAAAgVmDFtyMAQAAAAEAAAAFAAAAAAAAAAAAAACkgbYAAABvdGhlclBLBQYAAAAABQAFABkBAADaAAAAGQB3aXRo',
    'IGEgY29tbWVudCBhdCB0aGUgZW5k',
  ].join(''),
  'base64',
);

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});

async function extract(bytes: Buffer): Promise<string> {
  const file = path.join(folder, 'archive.zip');
  const target = path.join(folder, 'target');
  await writeFile(file, bytes);
  await extractFromZip(file, target, (name) =>
    name === 'other' ? undefined : name.replace('App/App', 'electron').replace('App/', ''),
  );
  return target;
}

test('chosen files, compressed or not, under the names they are given', async () => {
  const target = await extract(archive);
  await expect(readFile(path.join(target, 'electron'), 'utf8')).resolves.toBe('a'.repeat(1_000));
  await expect(readFile(path.join(target, 'locales/en.pak'), 'utf8')).resolves.toBe('words');
  await expect(readFile(path.join(target, 'empty'), 'utf8')).resolves.toBe('');
  expect((await stat(path.join(target, 'electron'))).mode & 0o777).toBe(0o755);
  expect((await stat(path.join(target, 'locales/en.pak'))).mode & 0o777).toBe(0o644);
});

test('a file with no place is left out', async () => {
  await expect(stat(path.join(await extract(archive), 'other'))).rejects.toThrow('ENOENT');
});

test('an archive that was cut short is refused', async () => {
  await expect(extract(archive.subarray(0, -40))).rejects.toThrow(/end of central directory/i);
});
