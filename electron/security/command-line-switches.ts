/**
 * Which switches a released viewer starts with. Chromium, Electron and Node each take switches that open what the fuses
 * close: `--remote-debugging-port` hands the window to any program of the user's, `--proxy-server` and `--host-rules`
 * lead its traffic elsewhere, `--no-sandbox` takes its walls away. A list of bad ones would never be whole, so this is a
 * list of good ones: with any other the viewer does not start, and says which it refused.
 * Sources: Electron, "Supported command line switches"; Chromium, `base/command_line.cc` (what counts as a switch).
 */

/** A switch that is let through, with the values it may have; each with the reason that it is here. */
interface AllowedSwitch {
  readonly name: string;
  /** The whole value; `undefined` where the switch has none. */
  readonly value: RegExp | undefined;
}

/** `docs/deployment.md` lists them. */
export const allowedSwitches: readonly AllowedSwitch[] = [
  // Screen readers that Chromium does not notice by itself, on Linux above all.
  { name: 'force-renderer-accessibility', value: undefined },
  // Linux: the display system, where the one found is the wrong one.
  { name: 'ozone-platform', value: /^(?:x11|wayland)$/ },
  // Linux: the keyring, where the desktop is not one Chromium knows. Never `basic`, which protects nothing.
  { name: 'password-store', value: /^(?:gnome-libsecret|kwallet5|kwallet6)$/ },
  // Our own, of `cpis-viewer audit`; Chromium and Electron know none of the names.
  { name: 'from', value: /(?:^|[\\/])audit-\d{12}\.jsonl$/ },
  { name: 'format', value: /^(?:csv|json)$/ },
  { name: 'private-key', value: /./ },
  { name: 'output', value: /./ },
  // Our own: the record system's link, where it cannot open one by its scheme.
  { name: 'launch', value: /^cpis-viewer:/i },
];

/** macOS adds the serial number of the process to the first start from the Finder. */
const processSerialNumber = /^-psn_\d+_\d+$/;

/** A name in a message is at most this long. */
const longestName = 60;

/**
 * The switches among the arguments behind the executable that are not allowed: their names, never their values, which
 * may be anything. Empty when the viewer may start.
 */
export function refusedSwitches(
  args: readonly string[],
  platform: NodeJS.Platform,
): readonly [] | readonly [string, ...string[]] {
  const refused = args
    // Chromium trims before it looks.
    .map((arg) => arg.trim())
    .filter((arg) => isSwitch(arg, platform) && !isAllowed(arg, platform))
    .map(nameOf);
  const [first, ...rest] = new Set(refused);
  return first === undefined ? [] : [first, ...rest];
}

/** One dash is enough for Chromium, and on Windows a slash; after a bare `--` it looks no more, but Node may. */
function isSwitch(arg: string, platform: NodeJS.Platform): boolean {
  return arg.startsWith('-') || (platform === 'win32' && arg.startsWith('/'));
}

function isAllowed(arg: string, platform: NodeJS.Platform): boolean {
  if (platform === 'darwin' && processSerialNumber.test(arg)) return true;
  return allowedSwitches.some(({ name, value }) =>
    value === undefined
      ? arg === `--${name}`
      : arg.startsWith(`--${name}=`) && value.test(arg.slice(`--${name}=`.length)),
  );
}

function nameOf(arg: string): string {
  const [name = ''] = arg.split('=');
  return name.slice(0, longestName).replaceAll(/[^\x21-\x7e]/g, '?');
}
