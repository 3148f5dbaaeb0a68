import { type ReactNode, useId, useLayoutEffect, useRef } from 'react';
import { LiveRegion } from './announcer.tsx';
import { useScreenHidden } from './screen-hidden.ts';

interface Props {
  readonly heading: string;
  readonly children: ReactNode;
  /** The user pressed Escape. */
  readonly onDismiss: () => void;
  /** What can be read of the screen behind: dimmed text, none of it (H9), or the text above the dialogue, as it was. */
  readonly behind?: 'dimmed' | 'opaque' | 'legible';
}

/** A native modal dialogue: the browser keeps the focus inside and the rest inert, and gives the focus back. */
export function Modal({ heading, children, onDismiss, behind = 'dimmed' }: Props): ReactNode {
  const dialog = useRef<HTMLDialogElement>(null);
  const headingId = useId();

  const hidden = useScreenHidden();

  useLayoutEffect(() => {
    const element = dialog.current;
    // H9: waits while the screen is hidden; one that is open stays open beneath Hide.
    if (element === null || element.open || hidden) return;
    element.showModal();
    // Not the first button: a key that is still held down would press it (H4).
    element.querySelector('h2')?.focus();
  }, [hidden]);

  useLayoutEffect(() => {
    const element = dialog.current;
    // Closes the dialogue before it leaves the page: only then does the browser restore the focus.
    return () => element?.close();
  }, []);

  return (
    <dialog
      ref={dialog}
      className={`modal modal--${behind}`}
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
