/** Ends the start with a switch that is not allowed or a variable that is refused, before any window is made. */
import { app, dialog } from 'electron';
import { phoneWords } from '../../shared/fault.ts';
import { refusedSwitches } from './command-line-switches.ts';
import { refusedVariables, removeVariables } from './environment-variables.ts';

/** The exit code: as a shell's "misuse of a command". */
const refusedExitCode = 2;

/**
 * Whether the viewer may start. Development and test builds accept every switch and variable; other builds use the lists.
 * Electron runs this while loading the main script, before it opens a debugging port, a window or a connection.
 */
export function checkStartUpArguments(flavour: typeof __BUILD_FLAVOUR__): boolean {
  if (flavour === 'development' || flavour === 'test') return true;
  removeVariables(process.env);
  const refused = [
    ...refusedSwitches(process.argv.slice(1), process.platform),
    ...refusedVariables(process.env),
  ];
  if (refused.length === 0) return true;
  const message = `CP-IS Viewer does not start with: ${refused.join(' ')}`;
  process.stderr.write(`${message}\n`);
  const text = `${message}\n\nTell your IT service desk. ${phoneWords.now} ${phoneWords.outOfHours}`;
  // On Windows and macOS the user does not see the standard error of a windowed program.
  if (process.platform !== 'linux') dialog.showErrorBox('CP-IS Viewer', text);
  app.exit(refusedExitCode);
  return false;
}
