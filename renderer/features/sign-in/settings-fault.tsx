import type { ReactNode } from 'react';
import type { ApplicationView } from '../../../shared/application.ts';
import type { Fault } from '../../../shared/fault.ts';
import { ContactSafeguardingNotice } from '../../components/contact-safeguarding-notice.tsx';
import { FaultDetail } from '../../components/fault-detail.tsx';
import type { OpenPanel } from '../../state/screen-props.ts';
import { Notices } from './notices.tsx';
import { StartPage } from './start-page.tsx';

interface Props {
  readonly fault: Fault;
  readonly application?: ApplicationView;
  readonly onOpen?: (panel: OpenPanel) => void;
}

/** Says that the settings are wrong, and offers no sign-in. */
export function SettingsFault({ fault, application, onOpen }: Props): ReactNode {
  return (
    <StartPage application={application} onOpen={onOpen}>
      <div className="fault" role="alert">
        <h2 className="fault__heading">Sign-in is not possible</h2>
        <FaultDetail fault={fault} />
        <ContactSafeguardingNotice />
      </div>
      {application !== undefined && <Notices notices={application.notices} beside="fault" />}
    </StartPage>
  );
}
