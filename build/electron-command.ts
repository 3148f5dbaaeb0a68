/** The text of the command that starts Electron for a run of the viewer. */
import { asUser, type OrdinaryUser } from './ordinary-user.ts';

/**
 * `CPIS_VIEWER_HOME` gives one start a home of its own. `CPIS_VIEWER_KEYRING=on` gives it a keyring, which is what
 * safeStorage needs on Linux to protect anything. `CPIS_VIEWER_SESSION_BUS` gives it the session bus of a test.
 */
export function electronCommand(executable: string, home: string, user: OrdinaryUser | undefined): string {
  const electron = quoted(executable);
  return `#!/bin/sh
# Starts Electron for one run of CP-IS Viewer; made by build/electron-command.ts.
set -eu
${user === undefined ? '' : `if [ "$(id -u)" = 0 ]; then exec ${asUser(user).join(' ')} "$0" "$@"; fi\n`}
case " $* " in *" --no-sandbox "*)
  # Playwright adds it unless it is told not to.
  echo 'CP-IS Viewer is never run without its sandbox: launch it with chromiumSandbox: true.' >&2
  exit 64
esac

# Nothing of the caller's session reaches the viewer but its display.
unset ELECTRON_RUN_AS_NODE NODE_OPTIONS DBUS_SESSION_BUS_ADDRESS XDG_CURRENT_DESKTOP XDG_SESSION_TYPE
unset XDG_CONFIG_HOME XDG_CACHE_HOME XDG_DATA_HOME XDG_STATE_HOME
if [ -n "\${CPIS_VIEWER_SESSION_BUS:-}" ]; then export DBUS_SESSION_BUS_ADDRESS="$CPIS_VIEWER_SESSION_BUS"; fi
own_home=${quoted(home)}
export HOME="\${CPIS_VIEWER_HOME:-$own_home}"
export XDG_RUNTIME_DIR="$HOME/.runtime"
mkdir -p "$XDG_RUNTIME_DIR"
chmod 700 "$XDG_RUNTIME_DIR"
cd "$HOME"

if [ "\${CPIS_VIEWER_KEYRING:-}" = on ]; then
  exec dbus-run-session -- sh -c \\
    'echo test | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; exec "$0" "$@"' \\
    ${electron} --password-store=gnome-libsecret "$@"
fi
exec ${electron} "$@"
`;
}

/** For a POSIX shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
