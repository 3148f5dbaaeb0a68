/**
 * The paths of the machine-wide files. They are constants: the user who starts the viewer sets a variable such as
 * `ProgramData`, and could point a released viewer to other files. Only an administrator may create files in the folders
 * above them; on Windows that holds for Program Files and not for ProgramData.
 * Sources: Microsoft, "Recognized environment variables", and the folders' default rights; Filesystem Hierarchy Standard, /etc.
 */
import path from 'node:path';

function machineFolder(platform: NodeJS.Platform): string {
  switch (platform) {
    case 'win32':
      // Not in the viewer's own folder, which an update replaces.
      return 'C:\\Program Files\\CP-IS Viewer Settings';
    case 'darwin':
      return '/Library/Application Support/CP-IS Viewer';
    default:
      return '/etc/cpis-viewer';
  }
}

export function machineFile(platform: NodeJS.Platform, name: 'environment.json' | 'policy.json'): string {
  const { join } = platform === 'win32' ? path.win32 : path.posix;
  return join(machineFolder(platform), name);
}
