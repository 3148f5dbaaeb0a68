/**
 * Whether this start is the one that opens a window. A later one hands its command line to the first, and ends. Where
 * the user's data cannot be written, Electron cannot tell the two apart and would end without a word: such a start goes
 * on, and says what is wrong. Nothing can be asked then, because the audit trail cannot be written either.
 */
import { accessSync, constants } from 'node:fs';
import type { App } from 'electron';

export function isFirstInstance(app: Pick<App, 'requestSingleInstanceLock' | 'getPath'>): boolean {
  return app.requestSingleInstanceLock() || !isWritable(app.getPath('userData'));
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
