/**
 * The names that an installation is known by: folders, executable, uninstaller, registry keys, scheme. The main process, the
 * packages, the installers' scripts, the tests and the tables of docs/deployment.md take them from here.
 */

export type Edition = 'release' | 'training';

export interface InstallationNames {
  /** macOS and package formats know an application by it. */
  readonly appId: string;
  readonly productName: string;
  readonly executableName: string;
  readonly windows: WindowsNames;
}

export interface WindowsNames {
  /** electron-builder names the folder and the uninstaller after the executable. */
  readonly folder: string;
  readonly executable: string;
  readonly uninstaller: string;
  /** Never to be changed: Windows Installer knows an older version by it. */
  readonly msiUpgradeCode: string;
  /** Never to be changed: the NSIS installer and software inventories recognise an older version by it. */
  readonly nsisGuid: string;
  /** Below HKEY_LOCAL_MACHINE; the entry of the NSIS installer under "Apps". */
  readonly nsisUninstallKey: string;
}

const appId = 'uk.cpis-viewer.desktop';
const productName = 'CP-IS Viewer';
const executableName = 'cpis-viewer';

/** The training edition is another application to a system: it installs, stores and opens apart. */
export const installations: Readonly<Record<Edition, InstallationNames>> = {
  release: {
    appId,
    productName,
    executableName,
    windows: windowsNames(
      executableName,
      '5D0C8E0B-4E0B-4A53-9C4D-6A1D0B0F7C21',
      '074fbeb9-b2e9-56d6-bbd8-c3061c435aa6',
    ),
  },
  training: {
    appId: `${appId}.training`,
    productName: `${productName} Training`,
    executableName: `${executableName}-training`,
    windows: windowsNames(
      `${executableName}-training`,
      'A2C46F0E-7F4B-4C0E-8C53-6D4C5B1E9D10',
      '0f158127-bd91-5fcb-af03-36eeaf986dc3',
    ),
  },
};

function windowsNames(name: string, msiUpgradeCode: string, nsisGuid: string): WindowsNames {
  const folder = `C:\\Program Files\\${name}`;
  return {
    folder,
    executable: `${folder}\\${name}.exe`,
    uninstaller: `${folder}\\Uninstall ${name}.exe`,
    msiUpgradeCode,
    nsisGuid,
    nsisUninstallKey: `SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\${nsisGuid}`,
  };
}

/** The scheme of the record system's links. */
export const linkScheme = executableName;

/** Below HKEY_LOCAL_MACHINE: the scheme is a key of the machine. */
export const linkSchemeKey = `Software\\Classes\\${linkScheme}`;

/** Below HKEY_LOCAL_MACHINE and HKEY_CURRENT_USER. */
export const policyKey = `SOFTWARE\\Policies\\${productName}`;

/**
 * The folder of the machine's environment and policy, in which only an administrator may create files. On Windows that holds
 * for Program Files and not for ProgramData; it is not the viewer's own folder, which an update replaces.
 */
export const machineFolders = {
  win32: `C:\\Program Files\\${productName} Settings`,
  darwin: `/Library/Application Support/${productName}`,
  linux: `/etc/${executableName}`,
} as const;

/** The installer writes it beside the executable, and every viewer of that folder then quits. */
export const quitRequestFile = 'quit-requested';
