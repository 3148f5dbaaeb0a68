/** A real Chromium that one user of this computer runs. */
import { chmod, mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Browser, chromium } from 'playwright';
import { required, type Viewer } from '../fixtures.ts';

/** Debian's own, for Playwright's come from where these machines cannot reach. */
const executable = '/usr/bin/chromium';

/** `uid`: the user who runs it. Where that is not who runs the tests, these are run by root. */
export async function openBrowser(uid: number): Promise<Browser> {
  const args = ['--no-sandbox'];
  if (uid === process.getuid?.()) return chromium.launch({ executablePath: executable, args });
  const folder = await mkdtemp(path.join(required('CPIS_VIEWER_PROFILES'), 'browser-'));
  await chmod(folder, 0o755);
  const home = path.join(folder, 'home');
  await mkdir(home);
  await chmod(home, 0o777);
  const command = path.join(folder, 'chromium');
  // Playwright makes a profile that only its own user may write: of two switches Chromium takes the last.
  const script = `#!/bin/sh
HOME='${home}' exec setpriv --reuid=${uid} --regid=${uid} --clear-groups ${executable} "$@" --user-data-dir='${home}/profile'
`;
  await writeFile(command, script);
  await chmod(command, 0o755);
  return chromium.launch({ executablePath: command, args });
}

/** The user who runs the viewer. */
export function viewerUser({ app }: Viewer): Promise<number> {
  return app.evaluate(() => process.getuid?.() ?? -1);
}
