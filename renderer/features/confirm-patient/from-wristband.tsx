/** H3: what the scanned wristband says beside the NHS number, to be compared before anything is asked. */
import type { ReactNode } from 'react';
import type { WristbandView } from '../../../shared/clinical/patient.ts';

export function FromWristband({ wristband }: { readonly wristband: WristbandView }): ReactNode {
  const { dateOfBirth, baby } = wristband;
  return (
    <div className="callout from-wristband">
      <p>
        From the wristband. {sentences[dateOfBirth]}
        {baby !== undefined && (
          <>
            {' '}
            The band says: <strong>{baby}</strong>.
          </>
        )}
      </p>
    </div>
  );
}

const sentences: Readonly<Record<WristbandView['dateOfBirth'], string>> = {
  same: 'Its date of birth is the one above.',
  'not-read': 'Its barcode has no date of birth that can be read: compare the date that is printed on it.',
};
