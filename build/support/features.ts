/**
 * What the viewer does, and the tests that show it on each system. `docs/support.md` is made from this table, and `npm test`
 * compares it with the reports of its own run. Nothing shows anything on macOS, nor on Windows itself.
 */

export interface Feature {
  readonly title: string;
  /** Files of `e2e`, or folders of it with a slash at the end; unit tests with their path. All their tests must pass. */
  readonly linux: readonly string[];
  /** What they leave out. */
  readonly exceptOnLinux?: string;
  /** Suites of `windows/`. All their tests must pass. */
  readonly wine: readonly string[];
  /** What the suites leave out. */
  readonly exceptInWine?: string;
  /** A system without a test has no such thing. */
  readonly notElsewhere?: true;
}

export const features: readonly Feature[] = [
  {
    title: 'Sign in in a window of the viewer',
    linux: ['journeys/sign-in.spec.ts', 'identity/sign-in-window.spec.ts'],
    wine: [],
  },
  { title: "Sign in in the system's browser", linux: ['identity/system-browser.spec.ts'], wine: [] },
  {
    title: 'Find a patient, check CP-IS, read the answer',
    linux: ['journeys/main-job.spec.ts', 'journeys/search.spec.ts', 'safety/'],
    wine: [],
  },
  {
    title: 'Scan a wristband',
    linux: ['journeys/wristband.spec.ts'],
    exceptOnLinux: 'by fast typing; a real scanner is not',
    wine: [],
  },
  { title: 'Clinic list', linux: ['journeys/clinic-list.spec.ts', 'safety/clinic-list.spec.ts'], wine: [] },
  { title: 'Keyboard, screen reader, contrast, layout', linux: ['access/'], wine: [] },
  { title: 'Lock with the computer', linux: ['safety/desktop-lock.spec.ts'], wine: [] },
  { title: 'Copy, and take the clipboard back', linux: ['safety/clipboard.spec.ts'], wine: [] },
  { title: 'Print', linux: ['safety/printing.spec.ts', 'safety/paper.spec.ts'], wine: [] },
  {
    title: 'Launch from the record system',
    linux: ['launch/'],
    wine: ['Launch links'],
    exceptInWine: 'the link as the shell hands it over, and how it is read',
  },
  { title: 'SMART App Launch', linux: ['launch/smart-launch.spec.ts'], wine: [] },
  {
    title: 'Policy',
    linux: ['policy/policy.spec.ts'],
    wine: ['Policy from the registry', 'Policy and environment of the machine', 'Last good policy'],
    exceptInWine: 'read and put together; its effect on a screen is not',
  },
  { title: 'Windows left out of recordings', linux: [], wine: [] },
  {
    title: 'Audit trail',
    linux: ['audit/audit.spec.ts'],
    wine: ['Audit trail', 'Audit trail held by another program', 'Full and read-only disks'],
    exceptInWine: 'written, continued, verified; what a screen says is not',
  },
  {
    title: 'Commands audit and keys',
    linux: ['audit/command.spec.ts', 'signers/stored.spec.ts'],
    wine: ['Commands at a console, in a pipe and without handles', 'Command words and switches'],
    exceptInWine: 'on Node, not in the executable of the viewer',
  },
  { title: 'Audit forwarding', linux: ['audit/forwarding.spec.ts'], wine: [] },
  {
    title: 'Log and settings',
    linux: ['diagnostics/log.spec.ts', 'journeys/settings.spec.ts'],
    wine: ['Log', 'Settings of a user', "Folder of a user's data"],
  },
  {
    title: 'Stored signing keys',
    linux: ['signers/stored.spec.ts'],
    wine: ['Store of signing keys'],
    exceptInWine: 'the files; the encryption by Windows (DPAPI) is not',
  },
  { title: 'Signing keys on a PKCS #11 token', linux: ['signers/pkcs11.spec.ts'], wine: [] },
  { title: 'Signing keys of a key service', linux: ['signers/remote.spec.ts'], wine: [] },
  { title: 'Proxies and certificates', linux: ['network/'], wine: [] },
  { title: 'Crash dumps', linux: ['diagnostics/crash-dumps.spec.ts'], wine: [] },
  { title: 'News of a new version', linux: ['updates/updates.spec.ts'], wine: [] },
  {
    title: 'Packaged release: fuses, switches, variables, files',
    linux: ['package/'],
    wine: [],
  },
  {
    title: 'Linux packages: deb, rpm',
    linux: ['build/packaging/linux/update.test.ts'],
    exceptOnLinux: 'their scripts, by the real dpkg and rpm, around a stand-in for the viewer',
    wine: [],
    notElsewhere: true,
  },
  {
    title: 'Windows installers: NSIS, MSI',
    linux: ['build/packaging/windows/msi-project.test.ts'],
    exceptOnLinux: "the project of the MSI is compiled by WiX' own compiler, and not linked",
    wine: ['NSIS installer', 'MSI package', "Installer's request to quit"],
    exceptInWine:
      "electron-builder's NSIS script with ours around a stand-in for the viewer; our parts of the MSI",
    notElsewhere: true,
  },
];

/** The path of a test of Linux below the root of the project. */
export function pathOnLinux(place: string): string {
  return place.endsWith('.test.ts') ? place : `e2e/${place}`;
}
