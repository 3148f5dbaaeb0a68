/**
 * The programs of Windows that the viewer asks: reg.exe for the policy, PowerShell for signatures. Their answers count as
 * the system's own, so where they are is written out: `SystemRoot` and `PATH` are set by whoever starts the viewer. On a
 * computer whose Windows is elsewhere they are not found, and what cannot be asked is not taken for an answer.
 */
import path from 'node:path';

export const windowsFolder = 'C:\\Windows';

export function windowsProgram(...insideSystem32: readonly string[]): string {
  return path.win32.join(windowsFolder, 'System32', ...insideSystem32);
}
