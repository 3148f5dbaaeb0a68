/**
 * Keeps the user's data below the home folder, whatever the environment variables name. The user who starts the viewer sets
 * `XDG_CONFIG_HOME` and `LOCALAPPDATA`, which could move the audit trail and the last good policy elsewhere, as the refused
 * switch `--user-data-dir` would. On Windows the data stay in the local part of the profile. Electron's default folder roams
 * with the user, so that two computers could write one audit trail.
 * NOT YET RUN ON WINDOWS. Sources: Microsoft, "Known folders"; Electron, `app.setPath`; Chromium, `base::GetHomeDir`; XDG Base
 * Directory Specification (`$HOME/.config`).
 */
import path from 'node:path';
import type { App } from 'electron';

type Application = Pick<App, 'getPath' | 'setPath' | 'getName'> & {
  readonly commandLine: Pick<App['commandLine'], 'hasSwitch'>;
};

/** Call it before any code reads or writes user data. */
export function keepUserDataInHome(app: Application, platform: NodeJS.Platform): void {
  // Development and tests name their folder.
  if (app.commandLine.hasSwitch('user-data-dir')) return;
  const home = app.getPath('home');
  if (platform === 'win32') {
    app.setPath('userData', path.win32.join(home, 'AppData', 'Local', app.getName()));
  } else if (platform === 'linux') {
    app.setPath('userData', path.posix.join(home, '.config', app.getName()));
  }
}
