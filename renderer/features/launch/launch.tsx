import { type ReactNode, useEffect, useEffectEvent, useState } from 'react';
import type { PatientView } from '../../../shared/clinical/patient.ts';
import type { Fault } from '../../../shared/fault.ts';
import type { LaunchView } from '../../../shared/launch.ts';
import { ask } from '../../bridge.ts';
import { ContactSafeguardingNotice } from '../../components/contact-safeguarding-notice.tsx';
import { FaultDetail } from '../../components/fault-detail.tsx';
import type { LookupState } from '../../state/lookup.ts';
import { FindingOut } from './finding-out.tsx';
import { OpenAnother } from './open-another.tsx';

interface Props {
  readonly launch: LaunchView;
  readonly lookup: LookupState;
  readonly onTraced: (patient: PatientView) => void;
  readonly onLeave: () => void;
}

/**
 * A launch from the record system, while a user is signed in: traces the patient and shows "Confirm patient", as after
 * a search. It closes an open patient only after a yes, and never asks CP-IS (H3, H4).
 */
export function Launch({ launch, lookup, onTraced, onLeave }: Props): ReactNode {
  const [fault, setFault] = useState<Fault>();
  /** The launch that the viewer is tracing, which over a slow link takes a while. */
  const [followed, setFollowed] = useState<string>();
  const waiting = launch.kind === 'waiting' ? launch.id : undefined;
  const isFinding = lookup.at === 'no-patient';

  const follow = useEffectEvent(async (id: string): Promise<void> => {
    setFault(undefined);
    setFollowed(id);
    const reply = await ask('launch.follow', { id });
    setFollowed((current) => (current === id ? undefined : current));
    if (!reply.ok) setFault(reply.fault);
    else if (reply.value.kind === 'traced') onTraced(reply.value.patient);
    // H3: the user has meanwhile looked for another patient, who stays on the screen.
    else if (reply.value.fault.kind !== 'patient-changed') setFault(reply.value.fault);
  });

  useEffect(() => {
    if (waiting !== undefined && isFinding) void follow(waiting);
  }, [waiting, isFinding]);

  // An open patient ends the messages of earlier launches, but not of one that has come since.
  const forgetRefusal = useEffectEvent((): void => {
    setFault(undefined);
    if (launch.kind === 'refused') void ask('launch.dismiss', undefined);
  });

  useEffect(() => {
    if (!isFinding) forgetRefusal();
  }, [isFinding]);

  const dismiss = (): void => void ask('launch.dismiss', undefined);

  const shown = launch.kind === 'refused' ? launch.fault : fault;
  return (
    <>
      {shown !== undefined && (
        <div className="fault page__fault" role="alert">
          <FaultDetail fault={shown} />
          <ContactSafeguardingNotice />
        </div>
      )}
      <div role="status">
        {followed !== undefined && isFinding && (
          <p className="page__fault busy">Finding the patient from your record system…</p>
        )}
      </div>
      {launch.kind === 'redeeming' && !isFinding && lookup.repeatOffer === undefined && (
        <FindingOut onNo={dismiss} />
      )}
      {launch.kind === 'waiting' && !isFinding && lookup.repeatOffer === undefined && (
        <OpenAnother
          key={launch.id}
          reason={
            launch.patient === 'same'
              ? 'Your record system has sent this patient.'
              : 'Your record system has sent a different patient.'
          }
          patient={launch.patient}
          closes={lookup.patient.banner.name}
          notifying={lookup.question?.careSetting === 'unscheduled'}
          onYes={onLeave}
          onNo={dismiss}
        />
      )}
    </>
  );
}
