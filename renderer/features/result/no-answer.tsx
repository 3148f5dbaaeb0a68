/**
 * H2: the outcomes without an answer: what happened, that nothing is known, and what to do without CP-IS. The line under the
 * heading says whether the local authority may have been notified (H5).
 */
import type { ReactNode } from 'react';
import type { Fault } from '../../../shared/fault.ts';
import { whatIsKnown } from '../../../shared/outcome-words.ts';
import { Button } from '../../components/button.tsx';
import { ContactSafeguardingNotice } from '../../components/contact-safeguarding-notice.tsx';
import { SupportReference } from '../../components/fault-detail.tsx';

interface Props {
  readonly fault: Fault;
  readonly asking: boolean;
  readonly onCheckAgain: () => void;
}

export function NoAnswer({ fault, asking, onCheckAgain }: Props): ReactNode {
  return (
    <div className="no-answer">
      <p className="no-answer__happened">{fault.happened}</p>
      <p className="no-answer__meaning">{whatIsKnown(fault)}</p>
      <h2>What to do now</h2>
      <ul className="no-answer__steps">
        <li>
          <ContactSafeguardingNotice />
        </li>
        <li>{fault.action}</li>
      </ul>
      <SupportReference reference={fault.reference} />
      <div className="actions">
        <Button busy={asking} onClick={onCheckAgain}>
          Check again
        </Button>
        {asking && <span className="busy">Checking CP-IS…</span>}
      </div>
    </div>
  );
}
