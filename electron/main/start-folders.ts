/**
 * The folders that a start needs: the user's own, and the system's temporary one, in which Chromium makes the socket by which
 * a second start finds the first. Where one of them is missing, Electron ends silently, with a stack trace of its own
 * code, or with exit code 0. The viewer ends with a sentence instead (`end-at-start.ts`).
 * Sources: Chromium, `process_singleton_posix.cc`, `base::GetHomeDir`; unix(7): a socket's path has at most 107 bytes.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { app } from 'electron';
import { startProblems } from '../../shared/fault.ts';
import { keepUserDataInHome } from './user-data-folder.ts';

/** The path that Chromium appends to that of the temporary folder. */
const socketInTemporaryFolder = '/scoped_dirXXXXXX/SingletonSocket';
const longestSocketPathBytes = { linux: 107, darwin: 103 } as const;

/** Chooses and creates the user's folder. Returns a sentence about what is wrong with it, or `undefined`. */
export function prepareUserData(platform: NodeJS.Platform, home: string | undefined): string | undefined {
  // Without `HOME` Chromium uses the temporary folder as home, where another user may have created our folder first.
  if (platform === 'linux' && !path.isAbsolute(home ?? '')) return startProblems.home;
  try {
    keepUserDataInHome(app, platform);
    mkdirSync(app.getPath('userData'), { recursive: true });
    return undefined;
  } catch {
    return startProblems.userData;
  }
}

/**
 * Returns a sentence about what is wrong with the system's temporary folder, or `undefined`. On Windows the viewer does
 * not use it.
 */
export function temporaryFolderProblem(platform: NodeJS.Platform): string | undefined {
  if (platform !== 'linux' && platform !== 'darwin') return undefined;
  const folder = app.getPath('temp');
  if (Buffer.byteLength(folder + socketInTemporaryFolder) > longestSocketPathBytes[platform])
    return startProblems.temporaryPathTooLong;
  try {
    const probe = mkdtempSync(path.join(folder, 'cpis-viewer-'));
    try {
      writeFileSync(path.join(probe, 'probe'), Buffer.alloc(4096));
    } finally {
      rmSync(probe, { recursive: true, force: true });
    }
    return undefined;
  } catch {
    return startProblems.temporary;
  }
}
