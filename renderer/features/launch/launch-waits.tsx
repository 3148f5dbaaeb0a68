import type { ReactNode } from 'react';
import type { LaunchView } from '../../../shared/launch.ts';
import { ContactSafeguardingNotice } from '../../components/contact-safeguarding-notice.tsx';
import { FaultDetail } from '../../components/fault-detail.tsx';

/** Says before sign-in that the record system has asked for a patient, and never for which (H9). */
export function LaunchWaits({ launch }: { readonly launch: LaunchView }): ReactNode {
  switch (launch.kind) {
    case 'none':
    case 'redeeming':
    case 'held':
      return null;
    case 'waiting':
      return (
        <p className="start-page__state" role="status">
          Your record system has sent a patient. The patient opens when you have signed in.
        </p>
      );
    case 'refused':
      return (
        <div className="fault" role="alert">
          <FaultDetail fault={launch.fault} />
          <ContactSafeguardingNotice />
        </div>
      );
  }
}
