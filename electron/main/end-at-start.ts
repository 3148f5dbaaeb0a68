/** How the viewer ends where it cannot start: with a sentence in a message box, and an exit code. */
import { app, dialog } from 'electron';
import { phoneWords } from '../../shared/fault.ts';

/** Differs from the exit codes of an error, 1, and of a refused switch, 2. */
const notStartedExitCode = 3;

/** Thrown by a step of the start; its message is the sentence for the user. */
export class StartProblem extends Error {
  override readonly name = 'StartProblem';
}

/** Writes the problem to standard error, shows it in a message box, and ends the application. `place`: where it arose. */
export async function endAtStart(problem: string, place?: string): Promise<void> {
  const where = place === undefined ? '' : ` (${place})`;
  process.stderr.write(`CP-IS Viewer does not start: ${problem}${where}\n`);
  await app.whenReady();
  dialog.showErrorBox(
    'CP-IS Viewer does not start',
    `${problem}\n\nTell your IT service desk. ${phoneWords.now} ${phoneWords.outOfHours}`,
  );
  app.exit(notStartedExitCode);
}
