/** Lists every shortcut of this application. */
import type { ReactNode } from 'react';
import { Button } from '../../components/button.tsx';
import { Modal } from '../../components/modal.tsx';

const shortcuts = [
  ['F9', 'Hide the window at once, or show it again'],
  ['Ctrl + L', 'Lock'],
  ['Ctrl + P', 'Print the result, where the site allows it'],
  ['F1', 'Show these shortcuts'],
  ['Escape', 'Close a dialogue'],
  ['Ctrl + plus, Ctrl + minus', 'Make text larger or smaller'],
  ['Ctrl + 0', 'Reset text size'],
] as const;

export default function Shortcuts({ onClose }: { readonly onClose: () => void }): ReactNode {
  return (
    <Modal heading="Shortcuts" onDismiss={onClose}>
      <dl className="shortcuts">
        {shortcuts.map(([key, effect]) => (
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
