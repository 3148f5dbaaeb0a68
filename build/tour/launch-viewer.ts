/** Starts the viewer in a workplace, in the hands of Playwright. */
import path from 'node:path';
import { _electron, type ElectronApplication } from 'playwright';
import type { RunDirectory } from '../../e2e/driver/run-directory.ts';

export interface Launch {
  readonly environmentFile: string;
  /** The name of its profile: two viewers of one profile would be one. */
  readonly profile: string;
  /** From a record system. */
  readonly link?: string;
  /** What it needs in its environment to open its windows. */
  readonly displayEnv: Readonly<Record<string, string>>;
}

export function launchViewer(
  { electron, app, profiles }: RunDirectory,
  { environmentFile, profile, link, displayEnv }: Launch,
): Promise<ElectronApplication> {
  const inherited = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return _electron.launch({
    executablePath: electron,
    args: [
      app,
      `--user-data-dir=${path.join(profiles, profile)}`,
      '--environment',
      environmentFile,
      ...(link === undefined ? [] : [`--launch=${link}`]),
    ],
    env: { ...Object.fromEntries(inherited), ...displayEnv },
    // Playwright would otherwise turn it off.
    chromiumSandbox: true,
  });
}
