/** The Debian packages that the viewer's window and its tests need, and which of them are missing. */

/** What Electron's executable loads, and a font to draw with. */
export const windowPackages = [
  'libnss3',
  'libatk1.0-0',
  'libatk-bridge2.0-0',
  'libcups2',
  'libdrm2',
  'libxkbcommon0',
  'libxcomposite1',
  'libxdamage1',
  'libxfixes3',
  'libxrandr2',
  'libgbm1',
  'libasound2',
  'libpango-1.0-0',
  'libcairo2',
  'libgtk-3-0',
  'fonts-liberation',
] as const;

/** An invisible display. */
export const displayPackages = ['xvfb', 'xauth'] as const;

/** What compiles the PKCS #11 part. */
export const compilerPackages = ['g++', 'make', 'python3'] as const;

/** Certificates of the tests' own, and the place where Chromium looks for those of the system. */
export const certificatePackages = ['openssl', 'libnss3-tools'] as const;

/**
 * Message buses; keys, a mouse and a second X client; a keyring for safeStorage; a token for the PKCS #11 signer; tools for
 * certificates; a browser.
 */
export const testPackages = [
  'dbus',
  // Real keys and a real mouse, also for a window that is not Chromium's, another program's clipboard, and keyboard layouts.
  'xdotool',
  'xclip',
  'x11-xkb-utils',
  // A print system of the tests' own.
  'cups-daemon',
  'cups-client',
  // Reads what came on paper.
  'poppler-utils',
  'dbus-x11',
  'gnome-keyring',
  'libsecret-1-0',
  'softhsm2',
  ...certificatePackages,
  // The deb and the rpm are installed and removed.
  'rpm',
  // WiX' compiler reads the project of the MSI.
  'mono-runtime',
  'libmono-system-xml4.0-cil',
  'libmono-system-core4.0-cil',
  // The system's browser, for signing in through it.
  'chromium',
] as const;

/** One line an installed package: its name, its state, what it provides. */
// biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg's own placeholders.
export const dpkgFormat = '${Package}\\t${db:Status-Status}\\t${Provides}\\n';

/** `dpkgOutput`: what dpkg-query prints in `dpkgFormat`. */
export function missingPackages(wanted: readonly string[], dpkgOutput: string): readonly string[] {
  const present = new Set<string>();
  for (const line of dpkgOutput.split('\n')) {
    const [name = '', state, provides = ''] = line.split('\t');
    if (state !== 'installed') continue;
    present.add(name);
    // Since 2024 some libraries carry `t64` in their name and provide the old one.
    for (const provided of provides.split(',')) present.add(provided.trim().split(' ')[0] ?? '');
  }
  return wanted.filter((name) => !present.has(name));
}
