/** The import rules of biome.json, each tried on a small file. */
import { spawnSync } from 'node:child_process';
import { access, copyFile, mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { sharedTemporaryFolder } from '../../e2e/doubles/temporary-folder.ts';
import { root } from '../root.ts';

const folder = sharedTemporaryFolder();

/** The linter's output for a file of this name with this import, under a copy of the rules. */
async function lint(file: string, line: string): Promise<string> {
  // A rule about a file that has another name by now would forbid nothing.
  const imported = /'(\..*)'/.exec(line)?.[1];
  if (imported !== undefined) await access(path.resolve(root, path.dirname(file), imported));
  const name = /^import (?:type )?\{ (\w+)/.exec(line)?.[1] ?? 'nothing';
  const project = await mkdtemp(path.join(folder, 'project-'));
  await copyFile(path.join(root, 'biome.json'), path.join(project, 'biome.json'));
  await mkdir(path.join(project, path.dirname(file)), { recursive: true });
  await writeFile(path.join(project, file), `${line}\nexport const used = ${name};\n`);
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [
      path.join(root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome'),
      'lint',
      '--vcs-enabled=false',
      '--only=style/noRestrictedImports',
      file,
    ],
    { cwd: project, encoding: 'utf8' },
  );
  const said = stdout + stderr;
  if (!said.includes('Checked 1 file')) throw new Error(said);
  return said;
}

const refusal = 'lint/style/noRestrictedImports';

describe('tokens stay in electron/identity', () => {
  test.each([
    ['electron/clinical/patient-lookup.ts', "import { createTokenStore } from '../identity/token-store.ts';"],
    ['electron/clinical/cpis/plan.ts', "import { createTokenStore } from '../../identity/token-store.ts';"],
    ['electron/ipc/handlers.ts', "import { createSession } from '../identity/session.ts';"],
    ['electron/security/harden.ts', "import { createCis2 } from '../identity/cis2.ts';"],
    ['electron/main/services.ts', "import { createTokenStore } from '../identity/token-store.ts';"],
    ['electron/main/services.ts', "import { createTokenEndpoint } from '../identity/token-exchange.ts';"],
    ['electron/main/services.ts', "import { createLogout } from '../identity/logout.ts';"],
    ['electron/main/services.ts', "import { composeIdentity } from '../identity/compose-identity.ts';"],
    ['electron/main/services.ts', "import { createRecordSystems } from '../identity/record-systems.ts';"],
    [
      'electron/launch/pending-launch.ts',
      "import { createRecordSystems } from '../identity/record-systems.ts';",
    ],
    ['electron/window/viewer-window.ts', "import { readIdToken } from '../identity/id-token.ts';"],
    ['electron/updates/start-updates.ts', "import { createCis2 } from '../identity/cis2.ts';"],
  ])('%s may not: %s', async (file, line) => {
    expect(await lint(file, line)).toContain(refusal);
  });

  test.each([
    ['electron/identity/user-session.ts', "import { createTokenStore } from './token-store.ts';"],
    ['electron/main/services.ts', "import { createUserSession } from '../identity/user-session.ts';"],
  ])('%s may: %s', async (file, line) => {
    expect(await lint(file, line)).not.toContain(refusal);
  });
});

describe('only composition and thin files touch Electron', () => {
  test.each([
    ['electron/clinical/patient-lookup.ts', "import { net } from 'electron';"],
    ['electron/audit/trail.ts', "import { app } from 'electron';"],
    ['electron/identity/session.ts', "import { safeStorage } from 'electron';"],
    ['electron/network/network.ts', "import { session } from 'electron';"],
    ['electron/settings/environment.ts', "import { app } from 'electron/main';"],
    ['electron/main/run.ts', "import { ipcMain } from 'electron';"],
    ['electron/main/run.ts', "import { shell } from 'electron';"],
  ])('%s may not: %s', async (file, line) => {
    expect(await lint(file, line)).toContain(refusal);
  });

  test.each([
    ['electron/main/run.ts', "import { app } from 'electron';"],
    ['electron/identity/sign-in-window.ts', "import { BrowserWindow } from 'electron';"],
    ['electron/network/session-request.ts', "import type { Session } from 'electron';"],
  ])('%s may: %s', async (file, line) => {
    expect(await lint(file, line)).not.toContain(refusal);
  });
});
