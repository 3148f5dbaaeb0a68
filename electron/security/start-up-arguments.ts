/** Ends a start with a switch that is not on the list, or a variable that is on its own, before there is a window. */
import { app, dialog } from 'electron';
import { telephoneWords } from '../../shared/fault.ts';
import { refusedSwitches } from './command-line-switches.ts';
import { forgetVariables, refusedVariables } from './environment-variables.ts';

/** What the process ends with, for whoever looks: as a shell's "misuse of a command". */
const refusedExitCode = 2;

/**
 * Whether the viewer may start. Development and tests start with any switch and variable; everyone else gets the lists.
 * This runs while Electron loads the main script, which is before it opens a debugging port, a window or a connection.
 */
export function checkStartUpArguments(flavour: typeof __BUILD_FLAVOUR__): boolean {
  if (flavour === 'development' || flavour === 'test') return true;
  forgetVariables(process.env);
  const refused = [
    ...refusedSwitches(process.argv.slice(1), process.platform),
    ...refusedVariables(process.env),
  ];
  if (refused.length === 0) return true;
  const message = `CP-IS Viewer does not start with: ${refused.join(' ')}`;
  process.stderr.write(`${message}\n`);
  const words = `${message}\n\nTell your IT service desk. ${telephoneWords.now} ${telephoneWords.outOfHours}`;
  // Elsewhere than on Linux nobody sees what a windowed program writes.
  if (process.platform !== 'linux') dialog.showErrorBox('CP-IS Viewer', words);
  app.exit(refusedExitCode);
  return false;
}
