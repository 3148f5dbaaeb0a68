import { rename, rm, writeFile } from 'node:fs/promises';
import { makeFault } from '../../shared/fault.ts';
import type { DialogueOutcome } from '../../shared/print-outcome.ts';
import { createRecordedDialogue, type RecordedDialogueDependencies } from './recorded-dialogue.ts';

export interface PdfPort {
  /** `undefined`: the user has cancelled. */
  chooseFile(): Promise<string | undefined>;
  makePdf(): Promise<Uint8Array>;
}

export interface PdfSaverDependencies extends PdfPort, RecordedDialogueDependencies {}

/**
 * Saves the answer as PDF: Chromium makes it of the page, as for paper. Needs no printer. After a lock, or with another patient,
 * nothing is written.
 */
export function createPdfSaver(dependencies: PdfSaverDependencies): () => Promise<DialogueOutcome<'saved'>> {
  const { newReference, chooseFile, makePdf } = dependencies;

  async function save(isStillOpen: () => boolean): Promise<DialogueOutcome<'saved'>> {
    const file = await chooseFile();
    if (file === undefined || !isStillOpen()) return { kind: 'cancelled' };
    const pdf = await makePdf();
    if (!isStillOpen()) return { kind: 'cancelled' };
    await writeWhole(file, pdf);
    return { kind: 'saved' };
  }

  return createRecordedDialogue(dependencies, {
    entry: { event: 'save-pdf' },
    outcomeEntry: (outcome, fault) => ({ event: 'save-pdf-outcome', outcome, fault }),
    open: (isStillOpen) =>
      save(isStillOpen).catch(() => ({ kind: 'failed', fault: makeFault('pdf-not-saved', newReference()) })),
  });
}

/**
 * For its owner alone, also in the place of a file that others can read. What cannot be written whole, on a full disk for
 * example, is removed again (H18).
 */
async function writeWhole(file: string, pdf: Uint8Array): Promise<void> {
  const unfinished = `${file}.unfinished`;
  try {
    await rm(unfinished, { force: true });
    await writeFile(unfinished, pdf, { mode: 0o600, flag: 'wx' });
    await rename(unfinished, file);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}
