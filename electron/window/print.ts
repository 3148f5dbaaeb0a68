/** Prints through the system's dialogue, which also offers "save as PDF"; the viewer prints nothing silently. */
import type { BrowserWindow } from 'electron';
import { type Fault, makeFault } from '../../shared/fault.ts';
import type { DialogueOutcome } from '../../shared/print-outcome.ts';
import { onWhitePaper } from './paper-background.ts';
import { createRecordedDialogue, type RecordedDialogueDependencies } from './recorded-dialogue.ts';

/** Settles when the dialogue is closed or could not open, with an empty text or Electron's text for the failure. */
export type OpenPrintDialogue = () => Promise<string>;

/** The system's dialogue for the page of this window. */
export function printDialogueOf(window: BrowserWindow): OpenPrintDialogue {
  const open: OpenPrintDialogue = () =>
    new Promise((resolve) => {
      const { webContents } = window;
      const settle = (failure: string): void => {
        webContents.off('did-navigate', onPageGone);
        webContents.off('render-process-gone', onPageGone);
        resolve(failure);
      };
      // H14: a lock replaces the page that was to be printed, and Electron does not report that.
      const onPageGone = (): void => settle(cancelled);
      webContents.on('did-navigate', onPageGone);
      webContents.on('render-process-gone', onPageGone);
      const options = { silent: false, printBackground: true, pageSize: 'A4' as const };
      webContents.print(options, (success, failure) => settle(success ? '' : failure || 'failed'));
    });
  return () => onWhitePaper(window, open);
}

export interface PrinterDependencies extends RecordedDialogueDependencies {
  readonly openDialogue: OpenPrintDialogue;
}

/** Records the print before the dialogue opens, and its outcome after it (H18). */
export function createPrinter(dependencies: PrinterDependencies): () => Promise<DialogueOutcome<'sent'>> {
  const { openDialogue, newReference } = dependencies;
  return createRecordedDialogue(dependencies, {
    entry: { event: 'print' },
    outcomeEntry: (outcome, fault) => ({ event: 'print-outcome', outcome, fault }),
    open: async () => describe(await openDialogue().catch(() => 'failed'), newReference()),
  });
}

/** Electron's text for a dialogue that the user has closed without printing. */
const cancelled = 'Print job canceled';

/** Electron documents none of these texts (electron/electron#25261): an unknown one counts as a failure. */
function describe(failure: string, reference: string): DialogueOutcome<'sent'> {
  switch (failure) {
    case '':
      return { kind: 'sent' };
    case cancelled:
      return { kind: 'cancelled' };
    case 'Failed to enumerate printers':
    case 'No printers available on the network':
      return failed('no-printer', reference);
    default:
      return failed('print-failed', reference);
  }
}

function failed(kind: 'no-printer' | 'print-failed', reference: string): { kind: 'failed'; fault: Fault } {
  return { kind: 'failed', fault: makeFault(kind, reference) };
}
