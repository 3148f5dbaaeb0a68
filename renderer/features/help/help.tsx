import type { ReactNode } from 'react';
import type { ApplicationView } from '../../../shared/application.ts';
import { Button } from '../../components/button.tsx';
import { Modal } from '../../components/modal.tsx';
import type { OpenPanel } from '../../state/screen-props.ts';
import { keys } from './keys.ts';
import { SupportContact } from './support-contact.tsx';

interface Props {
  readonly application: ApplicationView | undefined;
  readonly onOpen: (panel: OpenPanel) => void;
  readonly onClose: () => void;
}

/**
 * What a user needs at night, the keys, and the way to the longer texts. All of it is in the application: no network is
 * needed.
 */
export function Help({ application, onOpen, onClose }: Props): ReactNode {
  return (
    <Modal heading="Help" onDismiss={onClose}>
      <h3>When you need an answer now</h3>
      <ul className="nhsuk-list nhsuk-list--bullet">
        <li>
          <strong>A record:</strong> phone the number on the card that fits the hour.
        </li>
        <li>
          <strong>No record, but you are worried:</strong> phone the local authority's children's services. No
          record does not mean that there are no concerns.
        </li>
        <li>
          <strong>Could not check, or no sign-in:</strong> do not wait. Phone, and check again later.
        </li>
        <li>
          <strong>Unscheduled care</strong> notifies the local authority of this attendance. This is not a
          referral: phone to make one.
        </li>
        <li>
          <strong>Something does not work:</strong> give support the reference on the screen. It says nothing
          about the child.
        </li>
      </ul>
      <h3>Support</h3>
      <SupportContact application={application} />
      <h3>Read more</h3>
      <div>
        <div className="actions">
          <Button kind="secondary" onClick={() => onOpen('guide')}>
            User guide
          </Button>
          <Button kind="secondary" onClick={() => onOpen('about')}>
            About
          </Button>
          <Button kind="secondary" onClick={() => onOpen('accessibility')}>
            Accessibility statement
          </Button>
        </div>
      </div>
      <h3>Keys</h3>
      <dl className="shortcuts">
        {keys.map(([key, effect]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{effect}</dd>
          </div>
        ))}
      </dl>
      <div className="actions">
        <Button onClick={onClose}>Close</Button>
      </div>
    </Modal>
  );
}
