/**
 * The command-line switches that a released viewer accepts. Switches of Chromium, Electron and Node can undo what the
 * fuses forbid: `--remote-debugging-port` lets any program of the user control the window, `--proxy-server` and
 * `--host-rules` redirect its traffic, `--no-sandbox` turns the sandbox off. A list of dangerous switches would never be
 * complete, so this is an allow-list: with any other switch the viewer does not start, and names the switch.
 * Sources: Electron, "Supported command line switches"; Chromium, `base/command_line.cc` (what counts as a switch).
 */

/** A switch that the viewer accepts, with its values. A comment beside each gives the reason. */
interface AllowedSwitch {
  readonly name: string;
  /** The whole value; `undefined` where the switch has none. */
  readonly value: RegExp | undefined;
  /** Whether the value may be the next word instead. */
  readonly takesNextWord?: true;
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
  { name: 'from', value: /./, takesNextWord: true },
  { name: 'format', value: /^(?:csv|html|json)$/, takesNextWord: true },
  { name: 'private-key', value: /./, takesNextWord: true },
  { name: 'output', value: /./, takesNextWord: true },
  { name: 'since', value: /^[\d-]+$/, takesNextWord: true },
  { name: 'until', value: /^[\d-]+$/, takesNextWord: true },
  { name: 'time-zone', value: /^(?:Europe\/London|UTC)$/, takesNextWord: true },
  { name: 'small-numbers', value: /^(?:protected|shown)$/, takesNextWord: true },
  // Our own: the record system's link, where it cannot open one by its scheme.
  { name: 'launch', value: /^cpis-viewer:/i },
];

/** macOS adds the serial number of the process to the first start from the Finder. */
const processSerialNumber = /^-psn_\d+_\d+$/;

/** Longer names are cut in the message. */
const longestName = 60;

/**
 * The names of the switches in `args` that are not allowed, without their values, which may hold any text. Empty if the
 * viewer may start. `args`: the arguments behind the executable.
 */
export function refusedSwitches(
  args: readonly string[],
  platform: NodeJS.Platform,
): readonly [] | readonly [string, ...string[]] {
  const refused = args
    // Chromium trims each argument first.
    .map((arg) => arg.trim())
    .filter((arg) => isSwitch(arg, platform) && !isAllowed(arg, platform))
    .map(nameOf);
  const [first, ...rest] = new Set(refused);
  return first === undefined ? [] : [first, ...rest];
}

/** Chromium accepts one dash, and on Windows a slash. Chromium stops at a bare `--`, but Node may not. */
function isSwitch(arg: string, platform: NodeJS.Platform): boolean {
  return arg.startsWith('-') || (platform === 'win32' && arg.startsWith('/'));
}

function isAllowed(arg: string, platform: NodeJS.Platform): boolean {
  if (platform === 'darwin' && processSerialNumber.test(arg)) return true;
  return allowedSwitches.some(({ name, value, takesNextWord }) => {
    if (arg === `--${name}`) return value === undefined || takesNextWord === true;
    return value !== undefined && arg.startsWith(`--${name}=`) && value.test(arg.slice(`--${name}=`.length));
  });
}

function nameOf(arg: string): string {
  const [name = ''] = arg.split('=');
  return name.slice(0, longestName).replaceAll(/[^\x21-\x7e]/g, '?');
}
