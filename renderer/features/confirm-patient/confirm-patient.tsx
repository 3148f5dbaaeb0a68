import { type ReactNode, useState } from 'react';
import type { CareSettingChoice } from '../../../shared/application.ts';
import type { PatientView } from '../../../shared/clinical/patient.ts';
import type { CareSetting } from '../../../shared/outcome.ts';
import type { Permissions } from '../../../shared/session.ts';
import { Button } from '../../components/button.tsx';
import { ErrorSummary } from '../../components/error-summary.tsx';
import { PageHeading } from '../../components/page-heading.tsx';
import { PatientNotes } from '../../components/patient-notes.tsx';
import { useDoubleClickGuard } from '../../components/use-double-click-guard.ts';
import type { Asking } from '../../state/use-asking.ts';
import { CareSettingGroup, careSettingFieldId } from './care-setting.tsx';
import { Differences, differencesFieldId } from './differences.tsx';
import { IdentityCard } from './identity-card.tsx';
import { OpenedFrom } from './opened-from.tsx';

const unchosen = 'Choose the care setting';
const unchecked = 'Check what differs from your search, and tick the box';

interface Props {
  readonly patient: PatientView;
  readonly permissions: Permissions;
  readonly choice: CareSettingChoice;
  readonly asking: Asking;
  readonly onCheck: (careSetting: CareSetting) => void;
  readonly onLeave: () => void;
}

/** H3, H4: the user confirms the patient and chooses the care setting. CP-IS is asked only after both. */
export function ConfirmPatient(props: Props): ReactNode {
  const { patient, permissions, choice, asking } = props;
  const [picked, setPicked] = useState<CareSetting>();
  const [differencesChecked, setDifferencesChecked] = useState(false);
  const [attempts, setAttempts] = useState(0);
  const isSettled = useDoubleClickGuard();

  const wanted = choice.kind === 'fixed' ? choice.careSetting : (picked ?? onlyChoice(permissions));
  // The role's permissions can change while this screen is open.
  const careSetting = wanted !== undefined && permissions[wanted].kind !== 'refused' ? wanted : undefined;
  const impossible =
    choice.kind === 'fixed'
      ? careSetting === undefined
      : permissions.unscheduled.kind === 'refused' && permissions.scheduled.kind === 'refused';
  const missing = attempts > 0 && careSetting === undefined && !impossible;
  const { comparison } = patient;
  // H3: what differs from the search is compared with the patient before anything is asked.
  const uncompared = comparison !== undefined && comparison.differences.length > 0 && !differencesChecked;
  const errors = [
    ...(attempts > 0 && uncompared ? [{ fieldId: differencesFieldId, message: unchecked }] : []),
    ...(missing ? [{ fieldId: firstAllowed(permissions), message: unchosen }] : []),
  ];

  // H4: no choice comes first here, and a launch opens this screen by itself, under a press that was meant for another.
  const isTooSoon = !isSettled && choice.kind === 'fixed' && choice.careSetting === 'unscheduled';

  const submit = (): void => {
    setAttempts((before) => before + 1);
    if (careSetting === undefined || uncompared) return;
    props.onCheck(careSetting);
  };

  return (
    <main id="main" tabIndex={-1} className="page confirm">
      {errors.length > 0 && <ErrorSummary key={attempts} errors={errors} />}
      <PageHeading>Confirm patient</PageHeading>
      <p className="lead">Check these details with the patient or the person with them.</p>
      <form
        className="confirm__columns"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (asking === 'no' && !isTooSoon) submit();
        }}
      >
        <div className="confirm__who">
          <IdentityCard banner={patient.banner} />
          <OpenedFrom source={patient.openedFrom} />
          <PatientNotes notes={patient.notes} />
          {comparison !== undefined && (
            <Differences
              comparison={comparison}
              checked={differencesChecked}
              error={attempts > 0 && uncompared ? unchecked : undefined}
              onChange={setDifferencesChecked}
            />
          )}
        </div>
        <div className="confirm__care">
          <CareSettingGroup
            choice={choice}
            permissions={permissions}
            chosen={careSetting}
            error={missing ? unchosen : undefined}
            onChoose={(careSetting) => {
              // The choice cannot change once the check is sent.
              if (asking === 'no') setPicked(careSetting);
            }}
          />
          <div className="actions">
            <Button type="submit" busy={asking === 'drawn' || isTooSoon} disabled={impossible}>
              Check CP-IS
            </Button>
            <Button kind="secondary" onClick={props.onLeave}>
              Not this patient
            </Button>
            {asking === 'drawn' && <span className="busy">Checking CP-IS…</span>}
          </div>
        </div>
      </form>
    </main>
  );
}

/** A role with one choice has it made; H4: never the one that notifies. */
function onlyChoice({ unscheduled }: Permissions): CareSetting | undefined {
  return unscheduled.kind === 'refused' ? 'scheduled' : undefined;
}

function firstAllowed(permissions: Permissions): string {
  return permissions.unscheduled.kind === 'refused' ? 'care-setting-scheduled' : careSettingFieldId;
}
