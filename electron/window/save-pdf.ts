import { makeFault } from '../../shared/fault.ts';
import type { DialogueOutcome } from '../../shared/print-outcome.ts';
import type { WholeFiles } from '../files/whole-file.ts';
import { createRecordedDialogue, type RecordedDialogueDependencies } from './recorded-dialogue.ts';

export interface PdfPort {
  /** `undefined`: the user has cancelled. */
  chooseFile(): Promise<string | undefined>;
  makePdf(): Promise<Uint8Array>;
}

export interface PdfSaverDependencies extends PdfPort, RecordedDialogueDependencies {
  readonly wholeFiles: Pick<WholeFiles, 'write'>;
}

/**
 * Saves the answer as PDF: Chromium makes it of the page, as for paper. Needs no printer. After a lock, or with another patient,
 * nothing is written. What cannot be written whole, on a full disk for example, is removed again (H18).
 */
export function createPdfSaver(dependencies: PdfSaverDependencies): () => Promise<DialogueOutcome<'saved'>> {
  const { newReference, chooseFile, makePdf, wholeFiles } = dependencies;

  async function save(isStillOpen: () => boolean): Promise<DialogueOutcome<'saved'>> {
    const file = await chooseFile();
    if (file === undefined || !isStillOpen()) return { kind: 'cancelled' };
    const pdf = await makePdf();
    if (!isStillOpen()) return { kind: 'cancelled' };
    await wholeFiles.write(file, pdf);
    return { kind: 'saved' };
  }

  return createRecordedDialogue(dependencies, {
    entry: { event: 'save-pdf' },
    outcomeEntry: (outcome, fault) => ({ event: 'save-pdf-outcome', outcome, fault }),
    open: (isStillOpen) =>
      save(isStillOpen).catch(() => ({ kind: 'failed', fault: makeFault('pdf-not-saved', newReference()) })),
  });
}
