/** Ends a start with a switch that is not on the list, before Electron has acted on any. */
import { app, dialog } from 'electron';
import { refusedSwitches } from './command-line-switches.ts';

/** What the process ends with, for whoever looks: as a shell's "misuse of a command". */
const refusedExitCode = 2;

/**
 * Whether the viewer may start. Development and tests start with any switch; everyone else gets the list. This runs
 * while Electron loads the main script, which is before it opens a debugging port, a window or a connection.
 */
export function startsWithAllowedSwitches(flavour: typeof __BUILD_FLAVOUR__): boolean {
  if (flavour === 'development' || flavour === 'test') return true;
  const refused = refusedSwitches(process.argv.slice(1), process.platform);
  if (refused.length === 0) return true;
  const message = `CP-IS Viewer does not start with: ${refused.join(' ')}`;
  process.stderr.write(`${message}\n`);
  // Elsewhere than on Linux nobody sees what a windowed program writes.
  if (process.platform !== 'linux') dialog.showErrorBox('CP-IS Viewer', message);
  app.exit(refusedExitCode);
  return false;
}
