/** An application that Playwright drives: for what comes after the start, where it no longer matters who is attached. */
import { chmod, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { _electron, type ElectronApplication } from 'playwright';
import { electronCommand } from '../../e2e/driver/electron-command.ts';
import { unprivilegedUser } from '../../e2e/driver/unprivileged-user.ts';
import { type Ground, makeHome } from './started-app.ts';

export async function driveApp(
  ground: Ground,
  executable: string,
  args: readonly string[] = [],
): Promise<ElectronApplication> {
  const user = await unprivilegedUser();
  const home = await makeHome(ground, user);
  const command = path.join(ground.profiles, `electron-${path.basename(home)}`);
  await writeFile(command, electronCommand(executable, home, user));
  await chmod(command, 0o755);
  const inherited = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return _electron.launch({
    executablePath: command,
    args: [`--user-data-dir=${path.join(home, 'data')}`, ...args],
    env: { ...Object.fromEntries(inherited), ...ground.display },
    // Playwright would otherwise turn it off.
    chromiumSandbox: true,
  });
}
