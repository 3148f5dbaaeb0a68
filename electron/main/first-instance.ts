/**
 * Whether this start is the one that opens a window. A later one hands its command line to the first, and ends. Where
 * the user's data cannot be written, Electron cannot tell the two apart and would end without a word: such a start goes
 * on, and says what is wrong. Nothing can be asked then, because the audit trail cannot be written either.
 */
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { App } from 'electron';

export function isFirstInstance(app: Pick<App, 'requestSingleInstanceLock' | 'getPath'>): boolean {
  return app.requestSingleInstanceLock() || !canWriteIn(app.getPath('userData'));
}

/** Tried, because neither a full disk nor the rights of Windows can be asked beforehand. */
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
