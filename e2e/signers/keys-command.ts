/** Runs `cpis-viewer keys …` as an administrator does: the viewer's own executable, the user's own profile, no window. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { userDataFolder } from '../fixtures.ts';

export interface CommandResult {
  readonly exitCode: number | null;
  readonly out: string;
  readonly error: string;
}

/** A profile of a test, with a home and a keyring of its own. */
export interface TestMachine {
  readonly profile: string;
  /** What the viewer's environment variables must be for the same home and keyring. */
  readonly env: Readonly<Record<string, string>>;
  keys(...words: readonly string[]): Promise<CommandResult>;
  /** The same one with further environment variables. */
  with(more: Readonly<Record<string, string>>): Pick<TestMachine, 'keys'>;
  /** A file that the viewer's user may read; gives its path. */
  write(name: string, text: string): Promise<string>;
}

/** The profile goes with the viewer that was started on it, or else with the run: a viewer's is searched before. */
export async function createTestMachine(keyring: 'on' | 'off'): Promise<TestMachine> {
  const { CPIS_VIEWER_PROFILES = '', CPIS_VIEWER_ELECTRON = '', CPIS_VIEWER_APP = '' } = process.env;
  const profile = await mkdtemp(path.join(CPIS_VIEWER_PROFILES, 'workstation-'));
  await chmod(profile, 0o777);
  const env = { CPIS_VIEWER_HOME: path.join(profile, 'home'), CPIS_VIEWER_KEYRING: keyring };
  const keysWith =
    (variables: Readonly<Record<string, string>>): TestMachine['keys'] =>
    (...words) =>
      run(
        CPIS_VIEWER_ELECTRON,
        [
          CPIS_VIEWER_APP,
          `--user-data-dir=${userDataFolder(profile)}`,
          `--environment=${path.join(profile, 'environment.json')}`,
          'keys',
          ...words,
        ],
        variables,
      );
  return {
    profile,
    env,
    keys: keysWith(env),
    with: (more) => ({ keys: keysWith({ ...env, ...more }) }),
    async write(name, content) {
      const file = path.join(profile, name);
      await writeFile(file, content);
      await chmod(file, 0o644);
      return file;
    },
  };
}

async function run(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<CommandResult> {
  const child = spawn(command, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 30_000,
  });
  const written = [text(child.stdout), text(child.stderr)] as const;
  const [out, error, [exitCode]] = await Promise.all([...written, once(child, 'close')]);
  return { exitCode, out, error };
}
