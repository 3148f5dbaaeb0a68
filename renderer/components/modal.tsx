/** A native modal dialogue: the browser keeps the focus inside and the rest inert, and gives the focus back. */
import { type ReactNode, useId, useLayoutEffect, useRef } from 'react';

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
    // Closed before it leaves the page: only then does the focus go back to where it was.
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
    >
      <h2 id={headingId} className="modal__heading">
        {heading}
      </h2>
      {children}
    </dialog>
  );
}
