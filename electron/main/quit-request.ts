/**
 * The installer's request to quit, before it replaces the viewer's files: a file beside the executable, where only an
 * administrator may create one. So it reaches the viewers of every user and session, which no message of Windows does.
 * `build/packaging/windows/installer.nsh` writes it; on Linux and macOS an administrator may.
 */
import { statSync, watch } from 'node:fs';
import path from 'node:path';
import { quitRequestFile } from '../../shared/installation.ts';

/**
 * Calls `quit` once: when the file is written, or at once where it was written after this process had started. One that an
 * installer left behind, because it was killed, is no request. Where the folder cannot be watched the installer waits in vain, and stops.
 */
export function watchQuitRequest(
  executable: string,
  quit: () => void,
  processStartedAt: Date,
): { stop(): void } {
  const folder = path.dirname(executable);
  const file = path.join(folder, quitRequestFile);
  const former = writtenAt(file);
  if (former !== undefined && former >= processStartedAt.getTime()) {
    quit();
    return { stop: () => undefined };
  }
  try {
    const watcher = watch(folder, { persistent: false }, () => {
      const written = writtenAt(file);
      if (written === undefined || written === former) return;
      watcher.close();
      quit();
    });
    watcher.on('error', () => watcher.close());
    return { stop: () => watcher.close() };
  } catch {
    return { stop: () => undefined };
  }
}

/** `undefined` where there is no such file, or where it cannot be looked at: a scanner may hold it, or it is being deleted. */
function writtenAt(file: string): number | undefined {
  try {
    return statSync(file, { throwIfNoEntry: false })?.mtimeMs;
  } catch {
    return undefined;
  }
}
