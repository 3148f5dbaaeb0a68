/** Whether an Electron may be given to a clinician, and how a build on one that may not is marked. */
import { oldestSupportedElectron } from '../../shared/supported-electron.ts';
import type { ElectronRuntime } from '../electron-runtime/runtime.ts';
import { fallbackMark } from './identity.ts';

type Runtime = Pick<ElectronRuntime, 'version' | 'origin'>;

/** The reason against it, or `undefined` where it may be. */
export function unfitForRelease({ version, origin }: Runtime): string | undefined {
  if (origin === 'fallback')
    return `Electron ${version} is the fallback for development and tests, and gets no security fixes`;
  if (!isSupported(version)) return `Electron ${version} gets no security fixes`;
  return undefined;
}

/** `electron`: its version; what begins with no number is not supported. */
export function isSupported(electron: string): boolean {
  return Number.parseInt(electron, 10) >= oldestSupportedElectron;
}

/** The version that the package carries, shows on its screens and has in its file names. */
export function packageVersion(version: string, runtime: Runtime): string {
  return unfitForRelease(runtime) === undefined ? version : `${version}-${fallbackMark}`;
}

/** Whether this version of the viewer was built on an Electron that is not for clinicians. */
export function isMarked(version: string): boolean {
  return version.endsWith(`-${fallbackMark}`);
}
