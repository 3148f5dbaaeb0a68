import { access, constants } from 'node:fs/promises';
import path from 'node:path';
import { electronVersionIn } from './electron-version.ts';
import { type ElectronRuntime, executableWithin } from './runtime.ts';

/** The Electron named in `ELECTRON_OVERRIDE_DIST_PATH`, as the `electron` package itself understands it. */
export async function givenRuntime(
  directory: string | undefined,
  platform: NodeJS.Platform,
): Promise<ElectronRuntime | undefined> {
  if (directory === undefined || directory === '') return undefined;
  const executable = path.resolve(directory, executableWithin(platform));
  try {
    await access(executable, constants.X_OK);
    const version = await electronVersionIn(executable);
    if (version === undefined) throw new Error(`${executable} is no Electron`);
    return { executable, version, origin: 'given' };
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw new Error(`ELECTRON_OVERRIDE_DIST_PATH does not name an unpacked Electron: ${detail}`);
  }
}
