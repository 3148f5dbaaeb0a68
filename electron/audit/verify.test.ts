import { appendFileSync, rmSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { temporaryFolder } from '../../e2e/doubles/temporary-folder.ts';
import { appendCopies, openTestTrail } from './testing/test-trail.ts';
import type { Trail } from './trail.ts';
import { verifyTrail } from './verify.ts';

let folder: string;
let trail: Trail;

beforeEach(async () => {
  folder = path.join(temporaryFolder(), 'audit');
  trail = openTestTrail(folder, { largestFileBytes: 2_000 });
  await appendCopies(trail, 30);
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
