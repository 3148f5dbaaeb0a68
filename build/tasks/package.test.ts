/**
 * Packaging itself, given an Electron that is none for clinicians, with a file beside it that says otherwise: it must refuse
 * before it makes anything.
 */

import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../e2e/doubles/temporary-folder.ts';

test.each(['release', 'training'])('no %s is made on an Electron without security fixes', async (flavour) => {
  const electron = temporaryFolder();
  await writeFile(path.join(electron, 'version'), '45.4.1');
  const executable = '\0Chrome/130.0.6723.137 Electron/33.2.1\0';
  await writeFile(path.join(electron, 'electron'), executable, { mode: 0o755 });
  const script = path.join(import.meta.dirname, 'package.ts');
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, `--flavour=${flavour}`], {
    encoding: 'utf8',
    env: { ...process.env, ELECTRON_OVERRIDE_DIST_PATH: electron },
  });
  expect(status).not.toBe(0);
  expect(`${stdout}${stderr}`).toContain('No release is made: Electron 33.2.1 gets no security fixes');
  expect(stdout).not.toContain('Made');
});
