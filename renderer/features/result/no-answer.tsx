/** H2: the outcomes without an answer: what happened, whether the local authority may know, and what to do without CP-IS. */
import type { ReactNode } from 'react';
import type { Fault } from '../../../shared/fault.ts';
import type { Notification } from '../../../shared/outcome.ts';
import { Button } from '../../components/button.tsx';
import { ContactSafeguardingNotice } from '../../components/contact-safeguarding-notice.tsx';
import { SupportReference } from '../../components/fault-detail.tsx';

interface Props {
  readonly fault: Fault;
  readonly notification: Notification | 'nothing-sent';
  readonly asking: boolean;
  readonly onCheckAgain: () => void;
}

export function NoAnswer({ fault, notification, asking, onCheckAgain }: Props): ReactNode {
  return (
    <div className="no-answer">
      <p className="no-answer__happened">{fault.happened}</p>
      <p className="no-answer__meaning">
        {whatIsKnown(fault)} {notificationText(notification)}
      </p>
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

/** H2: never "no record", and never less than the answer contained. */
function whatIsKnown({ kind }: Fault): string {
  return kind === 'record-mentioned'
    ? 'There may be a CP-IS record for this patient. We do not know what it says.'
    : 'We do not know if there is a CP-IS record.';
}

/** H5: whether the question notified the local authority, even without an answer. */
function notificationText(notification: Notification | 'nothing-sent'): string {
  switch (notification) {
    case 'told':
      return 'The local authority is notified of this attendance.';
    case 'may-have-been-told':
      return 'The local authority may have been notified of this attendance.';
    case 'not-told':
      return 'The local authority was not notified.';
    case 'nothing-sent':
      return 'Nothing was sent, and nobody was notified.';
  }
}
