import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';

/** PowerShell would look for its modules in the user's folder first. Electron's own processes are not meant. */
test('W7: reg.exe is the only program of Windows that the viewer starts', async () => {
  const folder = path.resolve(import.meta.dirname, '..');
  const sources = (await readdir(folder, { recursive: true })).filter(
    (name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && !name.includes('testing'),
  );
  expect(sources.length).toBeGreaterThan(100);
  const starting: string[] = [];
  const programs: string[] = [];
  for (const name of sources) {
    const text = await readFile(path.join(folder, name), 'utf8');
    if (text.includes("'node:child_process'")) starting.push(path.basename(name));
    if (!name.endsWith('windows-programs.ts'))
      programs.push(...[...text.matchAll(/windowsProgram\((.*?)\)/g)].map(([, program = '']) => program));
  }
  expect(starting.toSorted()).toEqual(['managed-preferences.ts', 'policy-registry.ts']);
  expect(programs).toEqual(["'reg.exe'"]);
});
