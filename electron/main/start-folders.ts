/**
 * The folders that a start needs: the user's own, and the system's temporary one, in which Chromium makes the socket by which
 * a second start finds the first. Where one of them is missing, Electron ends without a word, with a trace of its own code,
 * or with exit code 0. Here the start ends with a sentence, in a message box where there is a screen, and with a code.
 * Sources: Chromium, `process_singleton_posix.cc`, `base::GetHomeDir`; unix(7): a socket's path has at most 107 bytes.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { app, dialog } from 'electron';
import { foldersMissing, telephoneWords } from '../../shared/fault.ts';
import { keepUserDataInHome } from './user-data-folder.ts';

/** What the process ends with: not that of an error, 1, nor that of a refused switch, 2. */
const folderMissingExitCode = 3;

/** What Chromium puts behind the path of the temporary folder. */
const socketInTemporaryFolder = '/scoped_dirXXXXXX/SingletonSocket';
const longestSocketPathBytes = { linux: 107, darwin: 103 } as const;

/** Chooses and makes the user's folder. Returns what is wrong with it, in a sentence. */
export function prepareUserData(platform: NodeJS.Platform, home: string | undefined): string | undefined {
  // Without it Chromium takes the temporary folder for the home, where others may have made ours before us.
  if (platform === 'linux' && !path.isAbsolute(home ?? '')) return foldersMissing.home;
  try {
    keepUserDataInHome(app, platform);
    mkdirSync(app.getPath('userData'), { recursive: true });
    return undefined;
  } catch {
    return foldersMissing.userData;
  }
}

/** What is wrong with the system's temporary folder, in a sentence. On Windows nothing is put into it. */
export function temporaryFolderProblem(platform: NodeJS.Platform): string | undefined {
  if (platform !== 'linux' && platform !== 'darwin') return undefined;
  const folder = app.getPath('temp');
  if (Buffer.byteLength(folder + socketInTemporaryFolder) > longestSocketPathBytes[platform])
    return foldersMissing.temporaryPathTooLong;
  try {
    const probe = mkdtempSync(path.join(folder, 'cpis-viewer-'));
    try {
      writeFileSync(path.join(probe, 'probe'), Buffer.alloc(4096));
    } finally {
      rmSync(probe, { recursive: true, force: true });
    }
    return undefined;
  } catch {
    return foldersMissing.temporary;
  }
}

/** Says it where the viewer was started, and on the screen, and ends. */
export async function endForFolder(problem: string): Promise<void> {
  process.stderr.write(`CP-IS Viewer does not start: ${problem}\n`);
  await app.whenReady();
  dialog.showErrorBox(
    'CP-IS Viewer does not start',
    `${problem}\n\nTell your IT service desk. ${telephoneWords.now} ${telephoneWords.outOfHours}`,
  );
  app.exit(folderMissingExitCode);
}
