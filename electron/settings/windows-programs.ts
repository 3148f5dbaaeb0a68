/**
 * The programs of Windows that the viewer asks: reg.exe for the policy. Its answer counts as the system's own, so where it
 * is is written out: `SystemRoot` and `PATH` are set by the program that starts the viewer. On a computer whose Windows is
 * elsewhere it is not found, and what cannot be asked is not taken for an answer.
 */
import path from 'node:path';

/** `name`: a program of System32, such as `reg.exe`. */
export function windowsProgram(name: string): string {
  return path.win32.join('C:\\Windows', 'System32', name);
}
