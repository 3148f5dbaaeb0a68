/**
 * Saves the answer as PDF: Chromium makes it of the page, as for paper. Needs no printer. The audit trail records it before the
 * dialogue opens, and its outcome afterwards; after a lock, or with another patient, nothing is written.
 */
import { writeFile } from 'node:fs/promises';
import { makeFault } from '../../shared/fault.ts';
import type { SavePdfOutcome } from '../../shared/print-outcome.ts';
import { type Audit, recorded } from '../audit/audit.ts';
import type { HiddenScreen } from './hidden-screen.ts';

export interface PdfPort {
  /** `undefined`: the user has cancelled. */
  chooseFile(): Promise<string | undefined>;
  makePdf(): Promise<Uint8Array>;
}

export interface PdfSaverDependencies extends PdfPort {
  readonly audit: Pick<Audit, 'record' | 'actor'>;
  readonly hiddenScreen: Pick<HiddenScreen, 'whenShown'>;
  /** An object of its own for each patient; `undefined` after a lock. */
  readonly openPatient: () => object | undefined;
  readonly newReference: () => string;
}

type RecordedOutcome = Exclude<SavePdfOutcome, { kind: 'not-allowed' }>;

/** One document at a time: a call while the dialogue is open returns the outcome of that dialogue. */
export function createPdfSaver(dependencies: PdfSaverDependencies): () => Promise<SavePdfOutcome> {
  const { audit, hiddenScreen, openPatient, newReference, chooseFile, makePdf } = dependencies;
  let saving: Promise<SavePdfOutcome> | undefined;

  async function save(): Promise<SavePdfOutcome> {
    const patient = openPatient();
    if (patient === undefined) return { kind: 'cancelled' };
    const isStillOpen = () => openPatient() === patient; // H3, H14
    if (!(await hiddenScreen.whenShown())) return { kind: 'cancelled' }; // H9
    const actor = audit.actor();
    const unrecorded = await audit.record({ event: 'save-pdf' }, actor);
    if (unrecorded !== undefined) return { kind: 'failed', fault: unrecorded };
    const outcome = await choose(isStillOpen).catch(
      (): RecordedOutcome => ({ kind: 'failed', fault: makeFault('pdf-not-saved', newReference()) }),
    );
    const fault = outcome.kind === 'failed' ? recorded(outcome.fault) : null;
    void audit.record({ event: 'save-pdf-outcome', outcome: outcome.kind, fault }, actor);
    return outcome;
  }

  async function choose(isStillOpen: () => boolean): Promise<RecordedOutcome> {
    const file = isStillOpen() ? await chooseFile() : undefined;
    if (file === undefined || !isStillOpen()) return { kind: 'cancelled' };
    const pdf = await makePdf();
    if (!isStillOpen()) return { kind: 'cancelled' };
    await writeFile(file, pdf, { mode: 0o600 });
    return { kind: 'saved' };
  }

  return () => {
    saving ??= save().finally(() => {
      saving = undefined;
    });
    return saving;
  };
}
