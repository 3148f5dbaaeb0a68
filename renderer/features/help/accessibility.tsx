import type { ReactNode } from 'react';
import type { ApplicationView } from '../../../shared/application.ts';
import { Modal } from '../../components/modal.tsx';
import { PanelActions } from './panel-actions.tsx';
import { SupportContact } from './support-contact.tsx';

interface Props {
  readonly application: ApplicationView | undefined;
  readonly onBack: () => void;
  readonly onClose: () => void;
}

/** The accessibility statement: what was tested and how, and no more. */
export function Accessibility({ application, onBack, onClose }: Props): ReactNode {
  return (
    <Modal heading="Accessibility statement" onDismiss={onClose}>
      <p>CP-IS Viewer aims to meet the Web Content Accessibility Guidelines 2.2, level AA.</p>
      <h3>What you can do</h3>
      <ul className="nhsuk-list nhsuk-list--bullet">
        <li>use everything with a keyboard alone, on every keyboard layout</li>
        <li>make text up to five times as large, without scrolling sideways up to 400 %</li>
        <li>use a dark screen, more contrast, forced colours and less motion, as your computer is set</li>
        <li>stay signed in when the screen is about to lock, and sign in again before a session ends</li>
      </ul>
      <h3>How it was tested</h3>
      <p>
        Each screen is tested by a program (axe) in light and dark, in forced colours and at 400 %, and the
        order of the keyboard and what a screen reader is given are tested too. It has not been tested by
        users with disabilities, nor by hand with JAWS, NVDA, Narrator, VoiceOver or Orca. No audit has been
        made.
      </p>
      <h3>What is not accessible</h3>
      <p>
        The pages of Care Identity, the dialogues of the printer and the messages of the operating system are
        not part of this application. On Linux the text of an answer cannot be selected.
      </p>
      <h3>Tell us</h3>
      <SupportContact application={application} />
      <PanelActions onBack={onBack} onClose={onClose} />
    </Modal>
  );
}
