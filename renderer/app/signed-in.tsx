import { type ReactNode, useEffect, useState } from 'react';
import type { PatientView } from '../../shared/clinical/patient.ts';
import type { SessionView } from '../../shared/session.ts';
import { useAnnounce } from '../components/announcer.tsx';
import { AppBar, BarButton } from '../components/app-bar.tsx';
import { ContactSafeguardingNotice } from '../components/contact-safeguarding-notice.tsx';
import { FaultDetail } from '../components/fault-detail.tsx';
import { Frame } from '../components/frame.tsx';
import { PatientBanner } from '../components/patient-banner.tsx';
import { useShortcut } from '../components/use-shortcut.ts';
import { UserMenu } from '../components/user-menu.tsx';
import { ClinicList } from '../features/clinic-list/clinic-list.tsx';
import { ListEntry } from '../features/clinic-list/list-entry.tsx';
import { Close } from '../features/close/close.tsx';
import { useLeaving } from '../features/close/use-leaving.ts';
import { CheckAgain } from '../features/confirm-patient/check-again.tsx';
import { ConfirmPatient } from '../features/confirm-patient/confirm-patient.tsx';
import { FindPatient } from '../features/find-patient/find-patient.tsx';
import { Launch } from '../features/launch/launch.tsx';
import { PaperEnvironment } from '../features/print/paper-environment.tsx';
import { Result } from '../features/result/result.tsx';
import type { GivenPatient } from '../features/scan/given-patient.ts';
import { Scan } from '../features/scan/scan.tsx';
import type { PatientOpen } from '../state/lookup.ts';
import type { ScreenProps } from '../state/screen-props.ts';
import { SignInStronger } from '../state/sign-in-stronger.ts';
import { useAsking } from '../state/use-asking.ts';
import { useClinicList } from '../state/use-clinic-list.ts';
import { type LookupActions, useLookup } from '../state/use-lookup.ts';
import { SessionTime } from './session-time.tsx';

export { LockingSoon } from '../features/locking-soon/locking-soon.tsx';

interface Props extends ScreenProps {
  readonly session: Extract<SessionView, { state: 'signed-in' }>;
  readonly onHide: () => void;
}

/** The screens of a signed-in user. Their data are dropped with them, on lock, sign-out or a change of user (H10). */
export function SignedIn(props: Props): ReactNode {
  const { application, command, fault, launch, onOpen, session } = props;
  const { user } = session;
  const [lookup, actions] = useLookup();
  const [given, setGiven] = useState<GivenPatient>();
  const list = useClinicList();
  /** H3: a patient of the list is one that was opened while it was on the screen. */
  const [listOpen, setListOpen] = useState(false);
  const leaving = useLeaving(lookup, list !== undefined, command);
  const isListOffered = application.clinicList && session.permissions.scheduled.kind !== 'refused';

  const confirmPatient = (patient: PatientView): void => {
    setListOpen(false);
    setGiven(undefined); // it is not looked for again when this patient is left
    actions.confirmPatient(patient);
  };

  const openList = (): void => {
    setGiven(undefined); // nor when the list is left (H4)
    setListOpen(true);
  };

  const lock = (): void => command('session.lock', undefined);
  useShortcut('Ctrl+L', lock);

  const bar = (
    <AppBar
      application={application}
      onOpen={onOpen}
      who={
        <div className="bar__who">
          <p className="bar__role">
            {user.role}, {user.organisation}
          </p>
          <SessionTime session={session} onSignInAgain={() => command('session.signInAgain', undefined)} />
        </div>
      }
      actions={
        <>
          <BarButton onPress={props.onHide}>Hide</BarButton>
          <BarButton onPress={lock}>Lock</BarButton>
          <UserMenu
            label={user.name}
            entries={[
              ...(session.hasOtherRoles
                ? [{ label: 'Change role', onPress: () => leaving.leave('change-role') }]
                : []),
              { label: 'Sign out', onPress: () => leaving.leave('sign-out') },
              { label: 'Help', onPress: () => onOpen('help') },
              { label: 'Diagnostics', onPress: () => onOpen('diagnostics') },
              ...(application.training ? [{ label: 'Training', onPress: () => onOpen('training') }] : []),
            ]}
          />
        </>
      }
    />
  );

  return (
    <SignInStronger value={() => command('session.signInAgain', { stronger: true })}>
      <Frame bar={bar}>
        {fault !== undefined && (
          <div className="fault page__fault" role="alert">
            <FaultDetail fault={fault} />
            <ContactSafeguardingNotice />
          </div>
        )}
        <Launch launch={launch} lookup={lookup} onTraced={confirmPatient} onLeave={actions.leavePatient} />
        <Scan
          // A message or a question belongs to the patient on the screen. The patient's own screens have the plain key.
          key={lookup.at === 'patient' ? `scan ${lookup.patient.context}` : 'scan'}
          lookup={lookup}
          fromList={listOpen}
          onLeave={actions.leavePatient}
          onFind={(next) => {
            setListOpen(false);
            setGiven(next);
          }}
        />
        {leaving.asked !== undefined && (
          <Close
            leaving={leaving.asked}
            what={lookup.at === 'patient' ? 'patient' : 'clinic-list'}
            notifying={lookup.at === 'patient' && lookup.question?.careSetting === 'unscheduled'}
            onYes={leaving.confirm}
            onNo={leaving.cancel}
          />
        )}
        {lookup.at === 'no-patient' && listOpen ? (
          <ClinicList
            list={list}
            application={application}
            permissions={session.permissions}
            user={user}
            onOpenRow={(row) => actions.openKept(row, application.staleAfterMs)}
            onLeave={() => setListOpen(false)}
          />
        ) : lookup.at === 'no-patient' ? (
          <FindPatient
            permission={session.permissions.findPatient}
            leftUnanswered={lookup.leftUnanswered}
            leftCheckAt={application.leftCheckAt}
            given={given}
            onConfirm={confirmPatient}
          >
            {(dropPending) =>
              isListOffered && (
                <ListEntry
                  list={list}
                  onOpen={() => {
                    dropPending();
                    openList();
                  }}
                />
              )
            }
          </FindPatient>
        ) : (
          <PatientScreens
            {...props}
            key={lookup.patient.context}
            lookup={lookup}
            actions={actions}
            fromList={listOpen}
            onChangeRole={session.hasOtherRoles ? () => leaving.leave('change-role') : undefined}
          />
        )}
      </Frame>
    </SignInStronger>
  );
}

interface PatientProps extends Props {
  /** `undefined` for a user with one role. */
  readonly onChangeRole: (() => void) | undefined;
  readonly lookup: PatientOpen;
  readonly actions: LookupActions;
  readonly fromList: boolean;
}

function PatientScreens({
  application,
  session,
  lookup,
  actions,
  fromList,
  onChangeRole,
}: PatientProps): ReactNode {
  const { patient, answer, repeatOffer } = lookup;
  const asking = useAsking(lookup.question);
  const announce = useAnnounce();
  useEffect(() => {
    if (asking === 'drawn') announce('Checking CP-IS');
  }, [asking, announce]);

  return (
    <div className="patient-screens">
      {answer === undefined ? (
        <ConfirmPatient
          patient={patient}
          permissions={session.permissions}
          choice={application.careSetting}
          asking={asking}
          onCheck={actions.check}
          onLeave={actions.leavePatient}
        />
      ) : (
        <>
          <PatientBanner banner={patient.banner}>
            <PaperEnvironment application={application} />
          </PatientBanner>
          <Result
            notes={patient.notes}
            answer={answer}
            asking={asking}
            application={application}
            user={session.user}
            actions={actions}
            onChangeRole={onChangeRole}
            fromList={fromList}
          />
        </>
      )}
      {repeatOffer !== undefined && (
        <CheckAgain
          offer={repeatOffer}
          onYes={() => actions.checkAgain(repeatOffer.careSetting)}
          onNo={actions.declineRepeat}
        />
      )}
    </div>
  );
}
