/**
 * Where the user's data is kept on Windows: in the part of the profile that stays on the computer. Electron's own place
 * roams, and an audit trail that goes with the user from one computer to the next is a trail that two of them write.
 * The home folder is asked of the system; `LOCALAPPDATA` is a variable, which would lead the trail elsewhere.
 * NOT YET RUN ON WINDOWS. Sources: Microsoft, "Known folders"; Electron, `app.setPath`; Chromium, `base::GetHomeDir`.
 */
import path from 'node:path';
import type { App } from 'electron';

type Application = Pick<App, 'getPath' | 'setPath' | 'getName'> & {
  readonly commandLine: Pick<App['commandLine'], 'hasSwitch'>;
};

/** Before anything is read or written there. */
export function keepUserDataOnThisComputer(app: Application, platform: NodeJS.Platform): void {
  // Development and tests say themselves where.
  if (platform !== 'win32' || app.commandLine.hasSwitch('user-data-dir')) return;
  app.setPath('userData', path.win32.join(app.getPath('home'), 'AppData', 'Local', app.getName()));
}
