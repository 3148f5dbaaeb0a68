/** Tells the user in a message box that the page has stopped for good, and whom to phone (H21). */
import { type BrowserWindow, dialog } from 'electron';
import { type Fault, phoneWords } from '../../shared/fault.ts';

/** True: the user starts the page again; false: the user closes the application. */
export async function askToStartAgain(
  window: BrowserWindow,
  { happened, action, reference }: Fault,
): Promise<boolean> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'error',
    title: 'CP-IS Viewer',
    message: happened,
    detail: `${phoneWords.now} ${phoneWords.outOfHours}\n\n${action}\n\nSupport reference ${reference}`,
    buttons: ['Start again', 'Close CP-IS Viewer'],
    defaultId: 0,
    // Escape starts again: it must not end the application.
    cancelId: 0,
    noLink: true,
  });
  return response === 0;
}
