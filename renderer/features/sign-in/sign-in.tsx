import { type ReactNode, useEffect, useRef } from 'react';
import { Button } from '../../components/button.tsx';
import { ContactSafeguardingNotice } from '../../components/contact-safeguarding-notice.tsx';
import { FaultDetail } from '../../components/fault-detail.tsx';
import { LeftCheck } from '../../components/left-check.tsx';
import { SiteContacts } from '../../components/site-help.tsx';
import type { ScreenProps } from '../../state/screen-props.ts';
import { LaunchWaits } from '../launch/launch-waits.tsx';
import { Connection } from './connection.tsx';
import { Notices } from './notices.tsx';
import { StartPage } from './start-page.tsx';

/** The signed-out screen: the sign-in button, and the last fault. */
export function SignIn(props: ScreenProps & { readonly signingIn: boolean }): ReactNode {
  const { application, command, fault, launch, onOpen, signingIn } = props;
  const isFaultShown = fault !== undefined && !signingIn;
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => button.current?.focus(), []);
  return (
    <StartPage application={application} onOpen={onOpen}>
      {isFaultShown && (
        <div className="fault" role="alert">
          <FaultDetail fault={fault} />
          <ContactSafeguardingNotice />
        </div>
      )}
      <Button ref={button} busy={signingIn} onClick={() => command('session.signIn', undefined)}>
        Sign in with Care Identity
      </Button>
      {/* H14: a user who takes the card out may think that this locks. NHS Smartcard Connect signs nobody out then. */}
      <p>Taking out your smartcard does not lock: press Lock when you leave.</p>
      <div role="status">
        {signingIn && (
          <p className="start-page__state">Sign in with Care Identity in the window that has opened.</p>
        )}
      </div>
      {signingIn && (
        <p>
          <button type="button" className="link-button" onClick={() => command('session.signOut', undefined)}>
            Cancel
          </button>
        </p>
      )}
      <LeftCheck at={application.leftCheckAt} />
      <LaunchWaits launch={launch} />
      <SiteContacts siteHelp={application.siteHelp} />
      <Connection />
      <Notices notices={application.notices} beside={isFaultShown ? 'fault' : undefined} />
    </StartPage>
  );
}
