/** The screens of a signed-in user. What they hold is dropped with them: on lock, sign-out or another user (H10). */
import { type ReactNode, useEffect } from 'react';
import type { SessionView } from '../../shared/session.ts';
import { FaultDetail } from '../components/fault-detail.tsx';
import { PatientBanner } from '../components/patient-banner.tsx';
import { AskAgain } from '../features/confirm-patient/ask-again.tsx';
import { ConfirmPatient } from '../features/confirm-patient/confirm-patient.tsx';
import { FindPatient } from '../features/find-patient/find-patient.tsx';
import { Result } from '../features/result/result.tsx';
import { AppBar } from './app-bar.tsx';
import type { WithPatient } from './journey.ts';
import type { ScreenProps } from './screen.ts';
import { SessionTime } from './session-time.tsx';
import { type JourneyActions, useJourney } from './use-journey.ts';

interface Props extends ScreenProps {
  readonly session: Extract<SessionView, { state: 'signed-in' }>;
  readonly onHide: () => void;
}

export default function SignedIn(props: Props): ReactNode {
  const { application, command, fault, onOpen, session } = props;
  const { user } = session;
  const [journey, actions] = useJourney();

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (!event.ctrlKey || event.altKey || event.shiftKey || event.key.toLowerCase() !== 'l') return;
      event.preventDefault();
      command('session.lock', undefined);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [command]);

  return (
    <>
      <AppBar
        application={application}
        onOpen={onOpen}
        who={
          <div className="bar__who">
            <p className="bar__user">{user.name}</p>
            <p className="bar__role">
              {user.role}, {user.organisation}
            </p>
            <SessionTime endsAt={session.endsAt} />
          </div>
        }
        actions={
          <>
            <button type="button" className="bar__button bar__button--main" onClick={props.onHide}>
              Hide
            </button>
            <button
              type="button"
              className="bar__button bar__button--main"
              onClick={() => command('session.lock', undefined)}
            >
              Lock
            </button>
            <button
              type="button"
              className="bar__button"
              onClick={() => command('session.changeRole', undefined)}
            >
              Change role
            </button>
            <button
              type="button"
              className="bar__button"
              onClick={() => command('session.signOut', undefined)}
            >
              Sign out
            </button>
          </>
        }
      />
      {fault !== undefined && (
        <div className="fault page__fault" role="alert">
          <FaultDetail fault={fault} />
        </div>
      )}
      {journey.at === 'finding' ? (
        <FindPatient leftUnanswered={journey.leftUnanswered} onConfirm={actions.confirmPatient} />
      ) : (
        <PatientScreens {...props} key={journey.patient.context} journey={journey} actions={actions} />
      )}
    </>
  );
}

interface PatientProps extends Props {
  readonly journey: WithPatient;
  readonly actions: JourneyActions;
}

function PatientScreens({ application, session, journey, actions }: PatientProps): ReactNode {
  const { patient, answer, question, repeatOffer } = journey;
  return (
    <div className="patient-screens">
      <PatientBanner banner={patient.banner} />
      {answer === undefined ? (
        <ConfirmPatient
          patient={patient}
          permissions={session.permissions}
          choice={application.careSetting}
          asking={question !== undefined}
          onCheck={actions.check}
          onLeave={actions.leavePatient}
        />
      ) : (
        <Result
          notes={patient.notes}
          answer={answer}
          asking={question !== undefined}
          application={application}
          user={session.user}
          actions={actions}
        />
      )}
      {repeatOffer !== undefined && (
        <AskAgain
          offer={repeatOffer}
          onYes={() => actions.checkAgain(repeatOffer.careSetting)}
          onNo={actions.declineRepeat}
        />
      )}
    </div>
  );
}
