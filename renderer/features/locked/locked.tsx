import type { ReactNode } from 'react';
import type { UserView } from '../../../shared/session.ts';
import { AppBar } from '../../components/app-bar.tsx';
import { Button } from '../../components/button.tsx';
import { ContactSafeguardingNotice } from '../../components/contact-safeguarding-notice.tsx';
import { FaultDetail } from '../../components/fault-detail.tsx';
import { Frame } from '../../components/frame.tsx';
import { LeftCheck } from '../../components/left-check.tsx';
import { PageHeading } from '../../components/page-heading.tsx';
import { SiteContacts } from '../../components/site-help.tsx';
import type { ScreenProps } from '../../state/screen-props.ts';
import { LaunchWaits } from '../launch/launch-waits.tsx';

interface Props extends ScreenProps {
  readonly user: UserView;
  readonly unlocking: boolean;
}

/** The locked screen: the signed-in user and Unlock, and nothing clinical (H10, H14). */
export function Locked({ application, command, fault, launch, onOpen, user, unlocking }: Props): ReactNode {
  return (
    <Frame bar={<AppBar application={application} onOpen={onOpen} />}>
      <main id="main" tabIndex={-1} className="page page--narrow">
        <PageHeading>Locked</PageHeading>
        {fault !== undefined && !unlocking && (
          <div className="fault" role="alert">
            <FaultDetail fault={fault} />
            <ContactSafeguardingNotice />
          </div>
        )}
        <p>
          Locked by <strong>{user.name}</strong>, {user.role}, {user.organisation}
        </p>
        <p>
          The patient is no longer open. To unlock, sign in again with your Care Identity. Anyone else who
          signs in will not see your patient.
        </p>
        <LeftCheck at={application.leftCheckAt} />
        <LaunchWaits launch={launch} />
        <div className="actions">
          <Button busy={unlocking} onClick={() => command('session.signIn', undefined)}>
            Unlock
          </Button>
          <Button kind="secondary" onClick={() => command('session.signOut', undefined)}>
            Sign out
          </Button>
        </div>
        <div role="status">
          {unlocking && <p>Sign in with Care Identity in the window that has opened.</p>}
        </div>
        <SiteContacts siteHelp={application.siteHelp} />
      </main>
    </Frame>
  );
}
