import type { ReactNode } from 'react';
import type { ApplicationView } from '../../../shared/application.ts';
import { Modal } from '../../components/modal.tsx';
import { PanelActions } from './panel-actions.tsx';

interface Props {
  readonly application: ApplicationView | undefined;
  readonly onBack: () => void;
  readonly onClose: () => void;
}

/** What this application and CP-IS are, who is notified, and the licences. */
export function About({ application, onBack, onClose }: Props): ReactNode {
  const rows = [
    ['Version', application?.version],
    ['Environment', application && `${application.environmentTag}${application.live ? '' : ' (not live)'}`],
  ] as const;
  return (
    <Modal heading="About CP-IS Viewer" onDismiss={onClose}>
      <dl className="shortcuts">
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value ?? 'Not known yet'}</dd>
          </div>
        ))}
      </dl>
      <h3>What CP-IS is</h3>
      <p>
        Child Protection – Information Sharing is a service of NHS England. It tells whether a local authority
        in England has put a child on a child protection plan, or looks after the child, and whether an unborn
        child has a plan, on the mother's NHS number. It does not hold the plan itself. This application shows
        what it says; it is not a product of the NHS.
      </p>
      <h3>Who is notified</h3>
      <p>
        A check in unscheduled care notifies the local authority that is responsible, with your name, role and
        organisation, and the date and time. A check in scheduled care notifies nobody. Each search for a
        patient and each check is recorded, here and nationally.
      </p>
      <h3>Licences</h3>
      <p>
        CP-IS Viewer is free software under the MIT licence. The licences of everything that it contains are
        in the files LICENSE.txt and THIRD-PARTY-LICENCES.txt of its folder.
      </p>
      <PanelActions onBack={onBack} onClose={onClose} />
    </Modal>
  );
}
