/** A native modal dialogue: the browser keeps the focus inside and the rest inert, and gives the focus back. */
import { type ReactNode, useId, useLayoutEffect, useRef } from 'react';
import { LiveRegion } from './announcer.tsx';

interface Props {
  readonly heading: string;
  readonly children: ReactNode;
  /** The user pressed Escape. */
  readonly onDismiss: () => void;
}

export function Modal({ heading, children, onDismiss }: Props): ReactNode {
  const dialog = useRef<HTMLDialogElement>(null);
  const headingId = useId();

  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    // Not the first button: a key that is still held down would press it (H4).
    element?.querySelector('h2')?.focus();
    // Closes the dialogue before it leaves the page: only then does the browser restore the focus.
    return () => element?.close();
  }, []);

  return (
    <dialog
      ref={dialog}
      className="modal"
      aria-labelledby={headingId}
      onCancel={(event) => {
        event.preventDefault();
        onDismiss();
      }}
      // The browser can close the dialogue without `cancel`; an unmounted dialogue has no owner to tell.
      onClose={() => {
        if (dialog.current !== null) onDismiss();
      }}
    >
      <h2 id={headingId} className="modal__heading" tabIndex={-1}>
        {heading}
      </h2>
      {children}
      <LiveRegion />
    </dialog>
  );
}
