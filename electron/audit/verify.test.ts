import { appendFileSync, rmSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { openTrail, type Trail } from './trail.ts';
import { verifyTrail } from './verify.ts';

let folder: string;
let trail: Trail;

beforeEach(async () => {
  folder = path.join(temporaryFolder(), 'audit');
  trail = openTrail({ folder, workstation: 'WARD-7', now: () => new Date(), largestFileBytes: 2_000 });
  for (let count = 0; count < 30; count += 1)
    await trail.append({ event: 'copied', workstation: 'WARD-7', actor: null });
});

const fileNames = async () => (await readdir(folder)).filter((name) => name.startsWith('audit-')).toSorted();

test('each entry is handed on before the next is read', async () => {
  const second = path.join(folder, (await fileNames())[1] ?? '');
  let count = 0;
  const read = () =>
    verifyTrail(folder, {
      onEntry() {
        count += 1;
        rmSync(second, { force: true });
      },
    });
  expect(read).toThrow(/audit-\d+\.jsonl is not there/);
  expect(count).toBeGreaterThan(0);
  expect(count).toBeLessThan(30);
});

test('a trail of damaged lines alone names many, counts the rest, and is not whole', async () => {
  const [first = ''] = await fileNames();
  appendFileSync(path.join(folder, first), 'damaged\n'.repeat(12_000));
  const { findings } = verifyTrail(folder);
  expect(findings).toHaveLength(10_001);
  expect(findings[0]).toMatchObject({ kind: 'problem', text: expect.stringContaining(`${first}, line `) });
  expect(findings.at(-1)).toEqual({ kind: 'problem', text: 'And 2000 more, not named here.' });
});
