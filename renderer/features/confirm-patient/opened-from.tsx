import type { ReactNode } from 'react';
import type { PatientSource, WristbandView } from '../../../shared/clinical/patient.ts';

/** H3: where the patient came from, and what a wristband says beside the NHS number, to be compared before anything is asked. */
export function OpenedFrom({ source }: { readonly source: PatientSource }): ReactNode {
  switch (source.kind) {
    case 'viewer':
      return null;
    case 'record-system':
      return <p className="inset">Opened by your record system at {source.at}.</p>;
    case 'wristband': {
      const { dateOfBirth, baby } = source;
      return (
        <p className={dateOfBirth === 'same' && baby === undefined ? 'inset' : 'callout'}>
          From the wristband. {sentences[dateOfBirth]}
          {baby !== undefined && (
            <>
              {' '}
              The band says: <strong>{baby}</strong>.
            </>
          )}
        </p>
      );
    }
  }
}

const sentences: Readonly<Record<WristbandView['dateOfBirth'], string>> = {
  same: 'Its date of birth is the one above.',
  'not-read': 'Its barcode has no date of birth that can be read: compare the date that is printed on it.',
};
