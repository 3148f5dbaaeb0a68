/**
 * Whether this start is the one that opens a window. A later one hands its command line to the first, and ends. Where
 * the user's data cannot be written, Electron cannot tell the two apart and would end without a word: such a start goes
 * on, and says what is wrong. Nothing can be asked then, because the audit trail cannot be written either.
 */
import { mkdtempSync, rmdirSync } from 'node:fs';
import path from 'node:path';
import type { App } from 'electron';

export function isFirstInstance(app: Pick<App, 'requestSingleInstanceLock' | 'getPath'>): boolean {
  return app.requestSingleInstanceLock() || !isWritable(app.getPath('userData'));
}

/** By writing: rights alone say nothing of a full disk, nor on Windows of what an administrator has denied. */
function isWritable(folder: string): boolean {
  try {
    rmdirSync(mkdtempSync(path.join(folder, 'probe-')));
    return true;
  } catch {
    return false;
  }
}
