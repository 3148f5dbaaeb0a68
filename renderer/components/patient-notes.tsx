import type { ReactNode } from 'react';
import type { PatientNote } from '../../shared/clinical/patient.ts';

/** The notes on this patient's record. All but the one for an adult call for caution. */
export function PatientNotes({ notes }: { readonly notes: readonly PatientNote[] }): ReactNode {
  if (notes.length === 0) return null;
  return (
    <ul className="patient-notes" aria-label="Notes about this patient">
      {notes.map(({ kind, sentence }) => (
        <li key={sentence} className={kind === 'adult' ? 'inset' : 'callout'}>
          {kind === 'restricted' || kind === 'restriction-unclear' ? <strong>{sentence}</strong> : sentence}
        </li>
      ))}
    </ul>
  );
}
