/**
 * Prints through the system's dialogue, which also offers "save as PDF"; the viewer prints nothing silently. The audit trail
 * records the print before the dialogue opens, and its outcome afterwards.
 */
import type { BrowserWindow } from 'electron';
import { type Fault, makeFault } from '../../shared/fault.ts';
import type { PrintOutcome } from '../../shared/print-outcome.ts';
import { type Audit, recorded } from '../audit/audit.ts';
import type { HiddenScreen } from './hidden-screen.ts';
import { onWhitePaper } from './paper-background.ts';

/** Settles when the dialogue is closed or could not open, with an empty text or Electron's text for the failure. */
export type OpenPrintDialogue = () => Promise<string>;

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

export interface PrinterDependencies {
  readonly audit: Pick<Audit, 'record' | 'actor'>;
  readonly openDialogue: OpenPrintDialogue;
  readonly hiddenScreen: Pick<HiddenScreen, 'whenShown'>;
  /** An object of its own for each patient; `undefined` after a lock. */
  readonly openPatient: () => object | undefined;
  readonly newReference: () => string;
}

/** Prints one document at a time: a call while the dialogue is open returns the outcome of that dialogue. */
export function createPrinter(dependencies: PrinterDependencies): () => Promise<PrintOutcome> {
  const { audit, openDialogue, hiddenScreen, openPatient, newReference } = dependencies;
  let printing: Promise<PrintOutcome> | undefined;

  async function print(): Promise<PrintOutcome> {
    const patient = openPatient();
    if (patient === undefined) return { kind: 'cancelled' };
    if (!(await hiddenScreen.whenShown())) return { kind: 'cancelled' }; // H9
    // The trail names the user who printed, even if another is signed in when the dialogue closes.
    const actor = audit.actor();
    const unrecorded = await audit.record({ event: 'print' }, actor);
    if (unrecorded !== undefined) return { kind: 'failed', fault: unrecorded };
    // H14: a lock, or another patient, while the entry was being written: no dialogue opens over what followed.
    const failure = openPatient() === patient ? await openDialogue().catch(() => 'failed') : cancelled;
    const outcome = describe(failure, newReference());
    const fault = outcome.kind === 'failed' ? recorded(outcome.fault) : null;
    void audit.record({ event: 'print-outcome', outcome: outcome.kind, fault }, actor);
    return outcome;
  }

  return () => {
    printing ??= print().finally(() => {
      printing = undefined;
    });
    return printing;
  };
}

type DialogueOutcome = Extract<PrintOutcome, { kind: 'sent' | 'cancelled' | 'failed' }>;

/** Electron's text for a dialogue that the user has closed without printing. */
const cancelled = 'Print job canceled';

/** Electron documents none of these texts (electron/electron#25261): an unknown one counts as a failure. */
function describe(failure: string, reference: string): DialogueOutcome {
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
