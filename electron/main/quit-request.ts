/**
 * The installer's request to quit, before it replaces the viewer's files: a file beside the executable, where only an
 * administrator may create one. So it reaches the viewers of every user and session, which no message of Windows does.
 * `build/packaging/windows/installer.nsh` writes it; on Linux and macOS an administrator may.
 */
import { statSync, watch } from 'node:fs';
import path from 'node:path';
import { quitRequestFile } from '../../shared/installation.ts';
import type { Log } from '../diagnostics/log.ts';

export interface QuitRequestDependencies {
  readonly quit: () => void;
  readonly processStartedAt: Date;
  readonly now: () => Date;
  readonly log: Pick<Log, 'write'>;
}

/** FAT keeps a time in steps of two seconds: a file that was just written there can be dated ahead of the clock. */
const longestAheadMs = 2_000;

/**
 * Calls `quit` once: when the file is written, or at once where it was written after this process had started. One that an
 * installer left behind, because it was killed, is no request, also where its date is ahead of a clock that was set back
 * since: it would end the viewer at every start. Where the folder cannot be watched the installer waits in vain, and stops.
 */
export function watchQuitRequest(
  executable: string,
  { quit, processStartedAt, now, log }: QuitRequestDependencies,
): { stop(): void } {
  const folder = path.dirname(executable);
  const file = path.join(folder, quitRequestFile);

  function follow(): void {
    log.write({ event: 'quit-request', state: 'followed' });
    quit();
  }

  const former = writtenAt(file);
  if (former !== undefined) {
    if (former >= processStartedAt.getTime() && former <= now().getTime() + longestAheadMs) {
      follow();
      return { stop: () => undefined };
    }
    log.write({ event: 'quit-request', state: 'left-behind' });
  }
  try {
    const watcher = watch(folder, { persistent: false }, () => {
      const written = writtenAt(file);
      if (written === undefined || written === former) return;
      watcher.close();
      follow();
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
