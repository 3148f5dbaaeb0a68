import type { ReactNode } from 'react';
import { formatNhsNumber, type NhsNumber } from '../../../shared/clinical/nhs-number.ts';

interface Props {
  readonly nhsNumbers: readonly NhsNumber[];
  readonly onChoose: (nhsNumber: NhsNumber) => void;
}

/** H3: a pasted text holds several NHS numbers. The user says which is the patient's; none is taken before. */
export function PastedNumbers({ nhsNumbers, onChoose }: Props): ReactNode {
  return (
    <fieldset className="callout pasted-numbers">
      <legend>The text you pasted has {nhsNumbers.length} NHS numbers. Choose the patient's:</legend>
      {nhsNumbers.map((nhsNumber) => (
        <button
          key={nhsNumber}
          type="button"
          className="small-button nowrap"
          onClick={() => onChoose(nhsNumber)}
        >
          {formatNhsNumber(nhsNumber)}
        </button>
      ))}
    </fieldset>
  );
}
