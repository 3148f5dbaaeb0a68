/**
 * Where the user's data is kept: below the home folder, wherever a variable points. `XDG_CONFIG_HOME` and `LOCALAPPDATA` are
 * set by whoever starts the viewer, and would do what the refused switch `--user-data-dir` does: lead the audit trail and the
 * last good policy away. On Windows the data stays in the part of the profile that stays on the computer. Electron's own
 * place roams, and an audit trail that goes with the user from one computer to the next is a trail that two of them write.
 * NOT YET RUN ON WINDOWS. Sources: Microsoft, "Known folders"; Electron, `app.setPath`; Chromium, `base::GetHomeDir`; XDG Base
 * Directory Specification (`$HOME/.config`).
 */
import path from 'node:path';
import type { App } from 'electron';

type Application = Pick<App, 'getPath' | 'setPath' | 'getName'> & {
  readonly commandLine: Pick<App['commandLine'], 'hasSwitch'>;
};

/** Before anything is read or written there. */
export function keepUserDataInHome(app: Application, platform: NodeJS.Platform): void {
  // Development and tests say themselves where.
  if (app.commandLine.hasSwitch('user-data-dir')) return;
  const home = app.getPath('home');
  if (platform === 'win32') {
    app.setPath('userData', path.win32.join(home, 'AppData', 'Local', app.getName()));
  } else if (platform === 'linux') {
    app.setPath('userData', path.posix.join(home, '.config', app.getName()));
  }
}
