import type { ReactNode } from 'react';
import type { ApplicationView } from '../../../shared/application.ts';
import type { PatientNote } from '../../../shared/clinical/patient.ts';
import { summariseRecords } from '../../../shared/clinical/record-summary.ts';
import type { Fault } from '../../../shared/fault.ts';
import type { CareSetting } from '../../../shared/outcome.ts';
import { notesWithAnswer } from '../../../shared/outcome-words.ts';
import type { UserView } from '../../../shared/session.ts';
import type { SiteHelp } from '../../../shared/site-help.ts';
import { retrievedTime } from '../../../shared/taken-time.ts';
import { Button } from '../../components/button.tsx';
import { formatTaken } from '../../components/instant-text.ts';
import { PageHeading } from '../../components/page-heading.tsx';
import { PatientNotes } from '../../components/patient-notes.tsx';
import type { Answer, ShownOutcome } from '../../state/lookup.ts';
import type { Asking } from '../../state/use-asking.ts';
import type { LookupActions } from '../../state/use-lookup.ts';
import { PrintButton } from '../print/print-button.tsx';
import { PrintedBy } from '../print/printed-by.tsx';
import { CopyRecordButton } from './copy-record-button.tsx';
import { Found } from './found.tsx';
import { NoAnswer } from './no-answer.tsx';
import { NoRecord } from './no-record.tsx';
import { StaleNotice, StaleResult } from './stale-result.tsx';
import { useFreeMemory } from './use-free-memory.ts';
import { useStaleAfter } from './use-stale-after.ts';

interface Props {
  readonly notes: readonly PatientNote[];
  readonly answer: Answer;
  readonly asking: Asking;
  readonly application: ApplicationView;
  readonly user: UserView;
  readonly actions: LookupActions;
  readonly onChangeRole: (() => void) | undefined;
  /** A patient of a clinic list is left for the list. */
  readonly fromList?: boolean;
}

/** The answer: a heading for each kind of outcome, how CP-IS was checked, and the content. */
export function Result({
  notes,
  answer,
  asking,
  application,
  user,
  actions,
  onChangeRole,
  fromList = false,
}: Props): ReactNode {
  const { outcome } = answer;
  useStaleAfter(answer, application.staleAfterMs, actions.markStale);
  useFreeMemory();

  // H4: a check that notified no local authority may be repeated at once; any other needs the user's yes.
  const checkAgain = (): void => {
    if (asking !== 'no') return; // H4: also before it is drawn
    if (answer.careSetting === 'scheduled' || outcome.kind === 'not-asked') actions.check(answer.careSetting);
    else actions.offerRepeat(answer.careSetting);
  };

  const isAskingDrawn = asking === 'drawn';
  const stale = answer.age === 'stale' && 'retrieval' in outcome;
  return (
    <>
      <main id="main" tabIndex={-1} className={`page result result--${outcome.kind}`}>
        <div className="result__top">
          {/* A screen reader starts a new answer at its heading. */}
          <PageHeading key={`${answer.shownSince.monotonicMs} ${answer.age}`}>
            {stale ? 'This answer may be out of date' : heading(outcome)}
          </PageHeading>
          <div className="result__actions">
            {application.copyForRecord && !stale && 'retrieval' in outcome && (
              <CopyRecordButton checkId={outcome.retrieval.checkId} />
            )}
            {application.printing && !stale && <PrintButton />}
            <Button kind="secondary" onClick={actions.leavePatient}>
              {fromList ? 'Back to the list' : 'Next patient'}
            </Button>
          </div>
        </div>
        {outcome.kind === 'found' && !stale && (
          <p className="summary">{summariseRecords(outcome.plans, outcome.warned)}</p>
        )}
        <p className="checked">{howItWasChecked(answer)}</p>
        <PatientNotes notes={notesWithAnswer(notes)} />
        {stale ? (
          <StaleResult
            retrieval={outcome.retrieval}
            asking={isAskingDrawn}
            onCheckAgain={checkAgain}
            onShow={actions.showAgain}
          />
        ) : (
          <>
            {'retrieval' in outcome && answer.age === 'shown-again' && (
              <StaleNotice retrieval={outcome.retrieval} asking={isAskingDrawn} onCheckAgain={checkAgain} />
            )}
            <Outcome
              answer={answer}
              notes={notes}
              siteHelp={application.siteHelp}
              asking={isAskingDrawn}
              onCheckAgain={checkAgain}
              onChangeRole={onChangeRole}
              actions={actions}
            />
          </>
        )}
      </main>
      {/* On paper it stands at the foot of each page. */}
      {!stale && <PrintedBy user={user} application={application} retrieval={checkedOn(outcome)} />}
    </>
  );
}

/** H5, H12: stands above every outcome, also where nothing was sent or nothing came back. */
function howItWasChecked({ outcome, careSetting }: Answer): string {
  switch (outcome.kind) {
    case 'found':
    case 'no-record':
    case 'denied':
    case 'could-not-check':
      return outcome.retrieval.sentence;
    case 'not-asked':
      return `Not checked. ${careLabel(careSetting)}: nothing was sent, and nobody was notified.`;
    case 'lost': {
      const effect =
        careSetting === 'unscheduled'
          ? 'the local authority may have been notified of this attendance'
          : 'nobody is notified';
      return `Answer lost. ${careLabel(careSetting)}: ${effect}.`;
    }
  }
}

const careLabel = (careSetting: CareSetting): string =>
  careSetting === 'unscheduled' ? 'Unscheduled care' : 'Scheduled care';

/** The time of the answer for paper, which needs the date. */
function checkedOn(outcome: ShownOutcome): string | undefined {
  if (!('retrieval' in outcome)) return undefined;
  const verb = outcome.kind === 'found' || outcome.kind === 'no-record' ? 'Retrieved' : 'Tried';
  return `${verb} ${formatTaken(retrievedTime(outcome.retrieval))}`;
}

function heading(outcome: ShownOutcome): string {
  switch (outcome.kind) {
    case 'found':
      return 'CP-IS record found';
    case 'no-record':
      return 'No CP-IS record found';
    case 'denied':
      return 'Access denied';
    case 'could-not-check':
    case 'not-asked':
    case 'lost':
      return 'Could not check CP-IS';
  }
}

const isRoleAtFault = ({ kind }: Fault): boolean => kind === 'denied' || kind === 'role-not-allowed';

interface OutcomeProps {
  readonly answer: Answer;
  readonly notes: readonly PatientNote[];
  readonly siteHelp: SiteHelp;
  /** As it is drawn. */
  readonly asking: boolean;
  readonly onCheckAgain: () => void;
  readonly onChangeRole: (() => void) | undefined;
  readonly actions: LookupActions;
}

function Outcome(props: OutcomeProps): ReactNode {
  const { answer, notes, siteHelp, asking, onCheckAgain, onChangeRole, actions } = props;
  const { outcome } = answer;
  switch (outcome.kind) {
    case 'found':
      return (
        <Found
          plans={outcome.plans}
          warned={outcome.warned}
          siteHelp={siteHelp}
          careSetting={answer.careSetting}
          retrieval={outcome.retrieval}
          shownSince={answer.shownSince}
          history={answer.history}
          actions={actions}
        />
      );
    case 'no-record':
      return <NoRecord siteHelp={siteHelp} notes={notes} />;
    case 'denied':
    case 'could-not-check':
    case 'not-asked':
    case 'lost':
      return (
        <NoAnswer
          fault={outcome.fault}
          siteHelp={siteHelp}
          asking={asking}
          onCheckAgain={onCheckAgain}
          isRoleAtFault={isRoleAtFault(outcome.fault)}
          onChangeRole={onChangeRole}
        />
      );
  }
}
