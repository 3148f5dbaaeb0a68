import { type ReactNode, useState } from 'react';
import { formatDate, parseFhirDate } from '../../../shared/clinical/clinical-date.ts';
import { explainForeignBarcode } from '../../../shared/clinical/gs1.ts';
import { formatNhsNumber } from '../../../shared/clinical/nhs-number.ts';
import type { PatientBannerText } from '../../../shared/clinical/patient.ts';
import { readBarcode, type Wristband } from '../../../shared/clinical/wristband.ts';
import { lookupDetails } from '../../../shared/fault.ts';
import { Button } from '../../components/button.tsx';
import { useScreenHidden } from '../../components/screen-hidden.ts';
import type { LookupState } from '../../state/lookup.ts';
import { OpenAnother } from '../launch/open-another.tsx';
import type { GivenPatient } from './given-patient.ts';
import { OpenTyped } from './open-typed.tsx';
import type { Read } from './read-keys.ts';
import { useScanner } from './use-scanner.ts';

interface Props {
  readonly lookup: LookupState;
  /** A row of a clinic list has opened the patient. */
  readonly fromList: boolean;
  readonly onLeave: () => void;
  readonly onFind: (given: GivenPatient) => void;
}

/** The question whether to close the open patient. */
type Question =
  | { readonly kind: 'wristband'; readonly band: Wristband }
  | { readonly kind: 'digits'; readonly digits: string };

const nothingFound = 'Nothing was looked up.';
const notReadable =
  "The wristband's barcode was not read correctly. Its number is not used. Scan it again, or enter the NHS number that is printed on it.";

/**
 * A wristband that is scanned, and digits that are typed outside a field, on any screen of a signed-in user. Both only find the
 * patient, and end at "Confirm patient" (H4). An open patient is closed only after a yes (H3); while the screen is hidden or a
 * dialogue is open, nothing is opened.
 */
export function Scan({ lookup, fromList, onLeave, onFind }: Props): ReactNode {
  const [question, setQuestion] = useState<Question>();
  const [message, setMessage] = useState<string>();
  const hidden = useScreenHidden();
  const banner = lookup.at === 'patient' ? lookup.patient.banner : undefined;

  const readBand = (band: Wristband, byEnter: boolean): void => {
    if (banner === undefined) onFind({ digits: band.nhsNumber, wristband: band, find: byEnter });
    else if (isOf(band, banner) && !isBornAsInBanner(band, banner)) setMessage(otherDateOfBirth);
    else if (isOf(band, banner) && !fromList) setMessage(sameIsOpen);
    else setQuestion({ kind: 'wristband', band });
  };

  useScanner((read: Read): void => {
    const ownDialogues = question === undefined ? 0 : 1;
    if (hidden || document.querySelectorAll('dialog[open]').length > ownDialogues) return;
    setMessage(undefined);
    if (read.kind === 'digits') {
      const { digits, byEnter } = read;
      if (banner === undefined) onFind({ digits, wristband: undefined, find: byEnter });
      else if (question === undefined) setQuestion({ kind: 'digits', digits });
      return;
    }
    const barcode = readBarcode(read.text);
    switch (barcode.kind) {
      case 'wristband':
        readBand(barcode.band, read.byEnter);
        break;
      case 'unreadable':
        setMessage(notReadable);
        break;
      case 'foreign':
        setMessage(`${explainForeignBarcode(barcode.what)} ${nothingFound}`);
    }
  });

  const stay = (): void => setQuestion(undefined);
  const open = (given: GivenPatient): void => {
    setQuestion(undefined);
    onLeave();
    onFind(given);
  };
  const notifying = lookup.at === 'patient' && lookup.question?.careSetting === 'unscheduled';

  return (
    <>
      {message !== undefined && (
        <div className="fault page__fault" role="alert">
          <p>{message}</p>
          <Button kind="secondary" onClick={() => setMessage(undefined)}>
            Close
          </Button>
        </div>
      )}
      {question?.kind === 'wristband' && banner !== undefined && (
        <OpenAnother
          key={question.band.nhsNumber}
          {...(isOf(question.band, banner)
            ? { reason: 'You scanned the wristband of this patient.', patient: 'same' }
            : { reason: 'You scanned the wristband of a different patient.', patient: 'other' })}
          closes={banner.name}
          notifying={notifying}
          onYes={() => open({ digits: question.band.nhsNumber, wristband: question.band, find: true })}
          onNo={stay}
        />
      )}
      {question?.kind === 'digits' && banner !== undefined && (
        <OpenTyped
          typed={question}
          fromList={fromList}
          closes={banner}
          notifying={notifying}
          onFind={(digits) => open({ digits, wristband: undefined, find: true })}
          onStay={stay}
        />
      )}
    </>
  );
}

const sameIsOpen = 'You scanned the wristband of the patient on this screen.';
const otherDateOfBirth = `${lookupDetails.wristbandBornOnAnotherDay.happened} ${lookupDetails.wristbandBornOnAnotherDay.action}`;

function isOf({ nhsNumber }: Wristband, banner: PatientBannerText): boolean {
  return formatNhsNumber(nhsNumber) === banner.nhsNumber;
}

/** H3: the same number with another date of birth may be another patient's band. */
function isBornAsInBanner({ bornOn }: Wristband, { born }: PatientBannerText): boolean {
  const date = bornOn === undefined ? undefined : parseFhirDate(bornOn);
  return date === undefined || born.short.split(' ')[0] === formatDate(date).short;
}
