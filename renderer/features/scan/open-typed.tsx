import type { ReactNode } from 'react';
import { formatNhsNumber, parseNhsNumber } from '../../../shared/clinical/nhs-number.ts';
import type { PatientBannerText } from '../../../shared/clinical/patient.ts';
import { Button } from '../../components/button.tsx';
import { CheckOnItsWay } from '../../components/check-on-its-way.tsx';
import { Modal } from '../../components/modal.tsx';
import { NhsNumberForm } from '../find-patient/nhs-number-form.tsx';

interface Props {
  readonly typed: { readonly digits: string };
  /** A row of a clinic list has opened the patient, who can be opened as any other. */
  readonly fromList: boolean;
  /** The patient on the screen. */
  readonly closes: PatientBannerText;
  /** An unscheduled check is on its way (H5). */
  readonly notifying: boolean;
  readonly onFind: (digits: string) => void;
  readonly onStay: () => void;
}

/** Digits that were typed on an open patient: the next patient's number is finished here, and nothing is closed before (H3). */
export function OpenTyped({ typed, fromList, closes, notifying, onFind, onStay }: Props): ReactNode {
  const find = (digits: string): void => {
    const parsed = parseNhsNumber(digits);
    const isOpen = parsed.kind === 'valid' && formatNhsNumber(parsed.nhsNumber) === closes.nhsNumber;
    if (isOpen && !fromList) onStay();
    else onFind(digits);
  };
  return (
    <Modal heading="Open another patient?" behind="opaque" onDismiss={onStay}>
      <p>
        You typed digits. "Find patient" closes <strong>{closes.name}</strong>.
      </p>
      {notifying && <CheckOnItsWay />}
      <NhsNumberForm
        busy={false}
        given={typed}
        onFind={find}
        onChange={() => undefined}
        report={() => undefined}
      />
      <div className="actions">
        <Button kind="secondary" onClick={onStay}>
          Stay with this patient
        </Button>
      </div>
    </Modal>
  );
}
