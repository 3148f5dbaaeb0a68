/** An Electron that development and tests can run the viewer on. */
export interface ElectronRuntime {
  readonly executable: string;
  /** Of a given Electron as its executable says; else that of the release that was unpacked. */
  readonly version: string;
  /** `given` in an environment variable, the `official` release of the locked version, or the `fallback`. */
  readonly origin: 'given' | 'official' | 'fallback';
}

/** Where the executable lies in an unpacked Electron. */
export function executableWithin(platform: NodeJS.Platform): string {
  if (platform === 'win32') return 'electron.exe';
  if (platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron';
  return 'electron';
}
