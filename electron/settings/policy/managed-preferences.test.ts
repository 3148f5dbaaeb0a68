/** What plutil gives is put in by hand: macOS has not been run. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { temporaryFolder } from '../../../e2e/doubles/temporary-folder.ts';
import { readManagedPreferences } from './managed-preferences.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = temporaryFolder();
  file = path.join(folder, 'uk.cpis-viewer.desktop.plist');
});

const read = async (json: string) => {
  await writeFile(file, '');
  return readManagedPreferences(file, async () => json);
};

test('no profile is no policy', async () => {
  expect(await readManagedPreferences(file, () => expect.unreachable())).toEqual({ kind: 'absent' });
});

test('every value comes as the policy file has it, without the keys of macOS', async () => {
  const values = { printing: false, idleLockMinutes: 5, platformSigner: { kind: 'stored' } };
  expect(await read(JSON.stringify({ ...values, PayloadUUID: 'x' }))).toEqual({
    kind: 'read',
    place: file,
    values: new Map(Object.entries(values).map(([name, value]) => [name, { from: 'json', value }])),
  });
});

test.each(['', '[]', 'null', '{"printing":false,"printing":true}'])(
  '%j cannot be read, and is not absent',
  async (json) => {
    expect(await read(json)).toMatchObject({ kind: 'failed' });
  },
);

test('a plutil that fails is unknown', async () => {
  await writeFile(file, '');
  expect(await readManagedPreferences(file, () => Promise.reject(new Error('no')))).toMatchObject({
    kind: 'failed',
  });
});
