/**
 * A dialogue through which an answer leaves the window, on paper or as PDF. The audit trail records it before the dialogue
 * opens (H18), and its outcome afterwards; after a lock, or with another patient, no dialogue opens (H3, H14).
 */
import type { DialogueOutcome } from '../../shared/print-outcome.ts';
import { type Audit, recorded } from '../audit/audit.ts';
import type { AuditEvent, RecordedFault } from '../audit/trail-event.ts';
import type { HiddenScreen } from './hidden-screen.ts';

export interface RecordedDialogueDependencies {
  readonly audit: Pick<Audit, 'record' | 'actor'>;
  readonly hiddenScreen: Pick<HiddenScreen, 'whenShown'>;
  /** An object of its own for each patient; `undefined` after a lock. */
  readonly openPatient: () => object | undefined;
  readonly newReference: () => string;
}

export interface RecordedDialogue<Done extends 'sent' | 'saved'> {
  readonly entry: AuditEvent;
  readonly outcomeEntry: (outcome: DialogueOutcome<Done>['kind'], fault: RecordedFault | null) => AuditEvent;
  /** `isStillOpen`: whether the patient is the one of the call. Never rejects. */
  readonly open: (isStillOpen: () => boolean) => Promise<DialogueOutcome<Done>>;
}

/** One dialogue at a time: a call while it is open returns its outcome. */
export function createRecordedDialogue<Done extends 'sent' | 'saved'>(
  { audit, hiddenScreen, openPatient }: Omit<RecordedDialogueDependencies, 'newReference'>,
  { entry, outcomeEntry, open }: RecordedDialogue<Done>,
): () => Promise<DialogueOutcome<Done>> {
  let opened: Promise<DialogueOutcome<Done>> | undefined;

  async function record(): Promise<DialogueOutcome<Done>> {
    const patient = openPatient();
    if (patient === undefined) return { kind: 'cancelled' };
    const isStillOpen = () => openPatient() === patient; // H3, H14
    if (!(await hiddenScreen.whenShown())) return { kind: 'cancelled' }; // H9
    // The trail names the user of the call, even if another is signed in when the dialogue closes.
    const actor = audit.actor();
    const unrecorded = await audit.record(entry, actor);
    if (unrecorded !== undefined) return { kind: 'failed', fault: unrecorded };
    // A lock, or another patient, while the entry was being written: no dialogue opens over what followed.
    const outcome: DialogueOutcome<Done> = isStillOpen() ? await open(isStillOpen) : { kind: 'cancelled' };
    const fault = 'fault' in outcome ? recorded(outcome.fault) : null;
    void audit.record(outcomeEntry(outcome.kind, fault), actor);
    return outcome;
  }

  return () => {
    opened ??= record().finally(() => {
      opened = undefined;
    });
    return opened;
  };
}
