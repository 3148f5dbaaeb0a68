import path from 'node:path';
import { machineFolders } from '../../shared/installation.ts';

function machineFolder(platform: NodeJS.Platform): string {
  switch (platform) {
    case 'win32':
    case 'darwin':
      return machineFolders[platform];
    default:
      return machineFolders.linux;
  }
}

/**
 * The paths of the machine-wide files. They are constants: the user who starts the viewer sets a variable such as
 * `ProgramData`, and could point a released viewer to other files. Only an administrator may create files in the folders
 * above them; on Windows that holds for Program Files and not for ProgramData.
 * Sources: Microsoft, "Recognized environment variables", and the folders' default rights; Filesystem Hierarchy Standard, /etc.
 */
export function machineFile(platform: NodeJS.Platform, name: 'environment.json' | 'policy.json'): string {
  const { join } = platform === 'win32' ? path.win32 : path.posix;
  return join(machineFolder(platform), name);
}
