/**
 * The installer's request to quit, before it replaces the viewer's files: a file beside the executable, where only an
 * administrator may create one. So it reaches the viewers of every user and session, which no message of Windows does.
 * `build/packaging/windows/installer.nsh` writes it.
 */
import { existsSync, watch } from 'node:fs';
import path from 'node:path';
import { quitRequestFile } from '../../shared/installation.ts';

/** Calls `quit` once, when the file is there. Where the folder cannot be watched the installer waits in vain, and stops. */
export function watchQuitRequest(executable: string, quit: () => void): { stop(): void } {
  const folder = path.dirname(executable);
  try {
    const watcher = watch(folder, { persistent: false }, () => {
      if (!existsSync(path.join(folder, quitRequestFile))) return;
      watcher.close();
      quit();
    });
    watcher.on('error', () => watcher.close());
    return { stop: () => watcher.close() };
  } catch {
    return { stop: () => undefined };
  }
}
