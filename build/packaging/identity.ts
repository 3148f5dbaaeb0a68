/** What the package is called, to each system that installs it. */
export const appId = 'uk.cpis-viewer.desktop';
export const productName = 'CP-IS Viewer';
export const executableName = 'cpis-viewer';
export const linkScheme = 'cpis-viewer';

/** Never to be changed: Windows Installer knows an older version by it. */
export const msiUpgradeCode = '5D0C8E0B-4E0B-4A53-9C4D-6A1D0B0F7C21';

/** Package formats demand an address and a name; this project has no public home yet, and says so. */
export const homepage = 'https://cpis-viewer.invalid/';
export const maintainer = 'CP-IS Viewer <maintainers@cpis-viewer.invalid>';

/** Put behind the version of every build on the fallback runtime: in file names, in installers and on the screen. */
export const fallbackMark = 'fallback-not-for-release';
