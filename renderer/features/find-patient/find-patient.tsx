import { type ReactNode, useEffect, useEffectEvent, useRef, useState } from 'react';
import { parseNhsNumber } from '../../../shared/clinical/nhs-number.ts';
import type { PatientView } from '../../../shared/clinical/patient.ts';
import type { Wristband } from '../../../shared/clinical/wristband.ts';
import type { Permission } from '../../../shared/session.ts';
import type { TakenTime } from '../../../shared/taken-time.ts';
import { ask } from '../../bridge.ts';
import { useAnnounce } from '../../components/announcer.tsx';
import { ContactSafeguardingNotice } from '../../components/contact-safeguarding-notice.tsx';
import { ErrorSummary } from '../../components/error-summary.tsx';
import { FaultDetail } from '../../components/fault-detail.tsx';
import { LeftCheck } from '../../components/left-check.tsx';
import type { GivenPatient } from '../scan/given-patient.ts';
import { NhsNumberForm } from './nhs-number-form.tsx';
import type { Problem } from './problem.ts';
import { type ChosenMatch, SearchForm } from './search-form.tsx';

interface Props {
  /** Whether the user's role lists the use of PDS. */
  readonly permission: Permission;
  /** H5: the user left the last patient before the answer came. */
  readonly leftUnanswered: boolean;
  /** H5: when an unscheduled check was sent whose answer a lock, a sign-out or a crash prevented. */
  readonly leftCheckAt: TakenTime | undefined;
  /** From a wristband, or from digits that were typed outside the field. */
  readonly given: GivenPatient | undefined;
  readonly onConfirm: (patient: PatientView) => void;
  /** A further way, below the others. It must call `dropPending` before it leaves this screen (H3). */
  readonly children?: (dropPending: () => void) => ReactNode;
}

/** Two ways to a patient: the NHS number, or name and date of birth. Both end at a trace, and then at Confirm. */
export function FindPatient(props: Props): ReactNode {
  const { permission, leftUnanswered, leftCheckAt, given, onConfirm } = props;
  const [problem, setProblem] = useState<Problem>();
  const [attempts, setAttempts] = useState(0);
  const [tracing, setTracing] = useState(false);
  const [searchOpen, setSearchOpen] = useState(false);
  /** Increases with each trace and each change of the input, so that an earlier answer is dropped (H3). */
  const wanted = useRef(0);
  /** The wristband whose number is in the field. */
  const scanned = useRef<Wristband>(undefined);
  const announce = useAnnounce();

  const report = (next: Problem | undefined): void => {
    setProblem(next);
    setAttempts((before) => before + 1);
  };

  const trace = async (nhsNumber: string, chosen?: ChosenMatch): Promise<void> => {
    wanted.current += 1;
    const own = wanted.current;
    report(undefined);
    setTracing(true);
    announce('Finding the patient');
    const wristband = chosen === undefined ? scanned.current : undefined;
    const reply = await ask('patient.trace', {
      nhsNumber,
      chosen,
      wristband: wristband && { bornOn: wristband.bornOn, baby: wristband.baby },
    });
    if (wanted.current !== own) return;
    setTracing(false);
    if (!reply.ok) {
      report({ errors: [], fault: reply.fault });
      return;
    }
    switch (reply.value.kind) {
      case 'traced':
        onConfirm(reply.value.patient);
        return;
      case 'not-found':
      case 'could-not-trace':
        report({ errors: [], fault: reply.value.fault });
        return;
    }
  };

  const dropPending = (): void => {
    wanted.current += 1;
    scanned.current = undefined;
    // Otherwise the main process holds a patient whom no screen shows, and takes a launch of the same for done.
    if (tracing) void ask('patient.discard', undefined);
    setTracing(false);
  };

  // The field has the digits already: its own effect comes first.
  const takeGiven = useEffectEvent(({ digits, wristband, find }: GivenPatient): void => {
    scanned.current = wristband;
    const parsed = parseNhsNumber(digits);
    if (find && parsed.kind === 'valid') void trace(parsed.nhsNumber);
    else if (wristband !== undefined) announce('The NHS number of the wristband is in the field');
  });

  useEffect(() => {
    if (given !== undefined) takeGiven(given);
  }, [given]);

  return (
    <main id="main" tabIndex={-1} className="page page--narrow">
      {problem !== undefined && (
        <ErrorSummary key={attempts} errors={problem.errors}>
          {problem.fault !== undefined && (
            <>
              <FaultDetail fault={problem.fault} />
              <ContactSafeguardingNotice />
            </>
          )}
        </ErrorSummary>
      )}
      <h1 className="page__heading" tabIndex={-1}>
        Find a patient
      </h1>
      {leftUnanswered && (
        <div className="callout" role="alert">
          <p>
            You left the last patient during a check in unscheduled care. The local authority may have been
            notified.
          </p>
        </div>
      )}
      <LeftCheck at={leftCheckAt} />
      {permission.kind === 'uncertain' && (
        <div className="callout">
          <p>{permission.warning}</p>
        </div>
      )}
      <NhsNumberForm
        busy={tracing}
        given={given}
        onFind={(number) => void trace(number)}
        onChange={dropPending}
        report={report}
      />
      <section className="second-way">
        <h2 className="second-way__heading">
          <button
            type="button"
            className="second-way__toggle"
            aria-expanded={searchOpen}
            aria-controls="search-form"
            onClick={() => setSearchOpen((before) => !before)}
          >
            Search by name and date of birth
          </button>
        </h2>
        <div id="search-form" hidden={!searchOpen}>
          <SearchForm
            tracing={tracing}
            onChoose={(number, chosen) => void trace(number, chosen)}
            report={report}
          />
        </div>
      </section>
      {props.children?.(dropPending)}
    </main>
  );
}
