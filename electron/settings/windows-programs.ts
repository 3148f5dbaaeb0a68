/**
 * The paths of the Windows programs that the viewer runs: reg.exe for the policy. The viewer trusts their output, so the
 * path is a constant: the program that starts the viewer sets `SystemRoot` and `PATH`. Where Windows is in another folder,
 * reg.exe is not found, and the policy counts as unreadable.
 */
import path from 'node:path';

/** `name`: a program of System32, such as `reg.exe`. */
export function windowsProgram(name: string): string {
  return path.win32.join('C:\\Windows', 'System32', name);
}
