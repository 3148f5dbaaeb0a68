/**
 * Where the files of the whole machine are. The paths are written out: a variable such as `ProgramData` is set by whoever
 * starts the viewer, and would lead a released one to files of their own. In each folder above them only an administrator
 * may make anything; on Windows that is true of Program Files, and not of ProgramData.
 * Sources: Microsoft, "Recognized environment variables", and the folders' default rights; Filesystem Hierarchy Standard, /etc.
 */
import path from 'node:path';

function machineFolder(platform: NodeJS.Platform): string {
  switch (platform) {
    case 'win32':
      // Beside the viewer's own folder, which an update replaces.
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
