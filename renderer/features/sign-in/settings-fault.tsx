/** The application cannot work as it is set up: it says so, and offers no sign-in. */
import type { ReactNode } from 'react';
import type { ApplicationView } from '../../../shared/application.ts';
import type { Fault } from '../../../shared/fault.ts';
import type { OpenPanel } from '../../app/panels.tsx';
import { FaultDetail } from '../../components/fault-detail.tsx';
import { TelephoneNow } from '../../components/telephone-now.tsx';
import { Entrance } from './entrance.tsx';
import { Notices } from './notices.tsx';

interface Props {
  readonly fault: Fault;
  readonly application?: ApplicationView;
  readonly onOpen?: (panel: OpenPanel) => void;
}

export function SettingsFault({ fault, application, onOpen }: Props): ReactNode {
  return (
    <Entrance application={application} onOpen={onOpen}>
      <div className="fault" role="alert">
        <h2 className="fault__heading">Sign-in is not possible</h2>
        <FaultDetail fault={fault} />
        <TelephoneNow />
      </div>
      {application !== undefined && <Notices notices={application.notices} beside="fault" />}
    </Entrance>
  );
}
