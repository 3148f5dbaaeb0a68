/**
 * Asks the user of this window whether they are the person whom the system's browser signed in (H14): where the
 * system does not tell which user made a connection, another user could have signed in.
 */
import { type BrowserWindow, dialog } from 'electron';
import type { HiddenScreen } from './hidden-screen.ts';

/** False: the user said no, or the sign-in was cancelled. */
export async function confirmUser(
  window: BrowserWindow,
  hiddenScreen: Pick<HiddenScreen, 'whenShown'>,
  name: string,
  signal: AbortSignal,
): Promise<boolean> {
  if (!(await hiddenScreen.whenShown(signal)) || signal.aborted || window.isDestroyed()) return false;
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    title: 'CP-IS Viewer',
    message: `Are you ${name}?`,
    detail:
      'The browser of this computer has signed in this person. What you check is recorded under this name.',
    buttons: [`Yes, I am ${name}`, 'No'],
    defaultId: 1,
    cancelId: 1,
    noLink: true,
    signal,
  });
  return response === 0 && !signal.aborted;
}
