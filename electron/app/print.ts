/** Printing goes through the system's own dialogue, where "save as PDF" also lives; nothing is printed silently. */
import type { BrowserWindow } from 'electron';

export function printWindow(window: BrowserWindow): Promise<'printed' | 'cancelled'> {
  return new Promise((resolve) => {
    const options = { silent: false, printBackground: true, pageSize: 'A4' as const };
    window.webContents.print(options, (success) => resolve(success ? 'printed' : 'cancelled'));
  });
}
