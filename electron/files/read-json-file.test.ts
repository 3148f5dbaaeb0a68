import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { temporaryFolder } from '../../e2e/doubles/temporary-folder.ts';
import { readJsonFile, readJsonFileSync } from './read-json-file.ts';

let folder: string;

beforeEach(() => {
  folder = temporaryFolder();
});

test.each([
  ['an object', '{"tag":"LIVE"}', { kind: 'read', value: { tag: 'LIVE' } }],
  ['an object behind a byte order mark', '\uFEFF{"tag":"LIVE"}', { kind: 'read', value: { tag: 'LIVE' } }],
  ['half an object', '{"tag":', { kind: 'unreadable', problem: 'is not JSON' }],
  ['an empty file', '', { kind: 'unreadable', problem: 'is not JSON' }],
  [
    'bytes that are no UTF-8',
    Buffer.from([0x22, 0xff, 0x22]),
    { kind: 'unreadable', problem: 'is not JSON' },
  ],
  [
    'a member that stands twice',
    '{"session":{"idleLockMinutes":5,"idleLockMinutes":60}}',
    { kind: 'unreadable', problem: 'has the member session.idleLockMinutes twice' },
  ],
  [
    'a file that is nested too deep',
    `${'['.repeat(500)}${']'.repeat(500)}`,
    { kind: 'unreadable', problem: 'is nested too deep' },
  ],
])('H16: settings: %s', async (_name, content, read) => {
  const file = path.join(folder, 'settings.json');
  await writeFile(file, content);
  expect(await readJsonFile(file)).toEqual(read);
  expect(readJsonFileSync(file)).toEqual(read);
});
