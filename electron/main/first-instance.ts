import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { App } from 'electron';

/**
 * Whether this instance is the first and opens a window. A later one passes its command line to the first, and ends. Where
 * the user's data cannot be written, Electron's lock always fails and the viewer would end without a message: such an
 * instance goes on and says what is wrong. It sends no lookup, because the audit trail cannot be written either.
 */
export function isFirstInstance(app: Pick<App, 'requestSingleInstanceLock' | 'getPath'>): boolean {
  return app.requestSingleInstanceLock() || !canWriteIn(app.getPath('userData'));
}

/** Writes a probe, because no API tells of a full disk or of the access rights of Windows. */
function canWriteIn(folder: string): boolean {
  const probe = path.join(folder, `write-probe-${process.pid}`);
  try {
    writeFileSync(probe, Buffer.alloc(4_096), { flag: 'wx', mode: 0o600 });
    return true;
  } catch {
    return false;
  } finally {
    rmSync(probe, { force: true });
  }
}
