import type { Machine } from '../packaging/targets.ts';

/**
 * electron-builder fetches its tools from the host that Electron's official release comes from: which of them a format needs, and
 * neither is on this machine nor has a stand-in; `undefined` where none is missing.
 */
export function missingTool(format: string, machine: Machine): string | undefined {
  const without = (command: string, debianPackage: string) =>
    machine.has(command) ? undefined : `needs the command ${command} (Debian: ${debianPackage})`;
  if (format === 'tar.gz' && !machine.isSet('ELECTRON_BUILDER_7ZIP_PATH'))
    return without('7za', 'p7zip-full');
  if (format === 'deb') return without('dpkg-deb', 'dpkg');
  if (format === 'AppImage' && !machine.isSet('APPIMAGE_TOOLS_PATH'))
    return "electron-builder's AppImage tools cannot be fetched here (or set APPIMAGE_TOOLS_PATH)";
  return undefined;
}
