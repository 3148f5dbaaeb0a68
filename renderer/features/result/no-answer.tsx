import type { ReactNode } from 'react';
import type { Fault } from '../../../shared/fault.ts';
import { whatIsKnown } from '../../../shared/outcome-words.ts';
import type { SiteHelp } from '../../../shared/site-help.ts';
import { Button } from '../../components/button.tsx';
import { SupportReference } from '../../components/fault-detail.tsx';
import { StrongerSignIn } from '../../components/stronger-sign-in.tsx';
import { WhatToDoWithoutAnswer } from './what-to-do.tsx';

interface Props {
  readonly fault: Fault;
  readonly siteHelp: SiteHelp;
  /** As it is drawn. */
  readonly asking: boolean;
  readonly onCheckAgain: () => void;
  /** The role may not view this: to check again with it comes last. */
  readonly isRoleAtFault: boolean;
  /** `undefined` for a user with one role. */
  readonly onChangeRole: (() => void) | undefined;
}

/**
 * H2: the outcomes without an answer: what happened, that nothing is known, and what to do without CP-IS. The line under the
 * heading says whether the local authority may have been notified (H5).
 */
export function NoAnswer(props: Props): ReactNode {
  const { fault, siteHelp, asking, onCheckAgain, isRoleAtFault, onChangeRole } = props;
  return (
    <div className="no-answer">
      <p className="no-answer__happened">{fault.happened}</p>
      <p className="no-answer__meaning">{whatIsKnown(fault)}</p>
      <WhatToDoWithoutAnswer siteHelp={siteHelp} action={fault.action} />
      <SupportReference reference={fault.reference} />
      <div className="actions">
        <StrongerSignIn fault={fault} />
        {isRoleAtFault && onChangeRole !== undefined && <Button onClick={onChangeRole}>Change role</Button>}
        <Button kind={isRoleAtFault ? 'secondary' : 'primary'} busy={asking} onClick={onCheckAgain}>
          Check again
        </Button>
        {asking && <span className="busy">Checking CP-IS…</span>}
      </div>
    </div>
  );
}
