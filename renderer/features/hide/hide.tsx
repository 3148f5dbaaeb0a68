/**
 * H9: blanks the window at once. F9, or the small button, shows it again; nothing is lost underneath. The words are neutral, and
 * do not tell a parent who reads them which key to press.
 */
import { type ReactNode, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { ask } from '../../bridge.ts';
import { LiveRegion } from '../../components/announcer.tsx';

interface Hidden {
  readonly hidden: boolean;
  readonly hide: () => void;
  readonly show: () => void;
}

/** Hides at F9, and shows again what had the focus. The main process is told each time. */
export function useHidden(): Hidden {
  const [hidden, setHidden] = useState(false);
  /** Where the focus was, and belongs when the screen is shown again. */
  const focused = useRef<Element | null>(null);

  const become = useCallback((next: boolean): void => {
    if (next) focused.current = document.activeElement;
    // Updates in this frame, even while React draws other changes.
    flushSync(() => setHidden(next));
    void ask('screen.hidden', { hidden: next });
  }, []);

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== 'F9') return;
      event.preventDefault();
      if (!event.repeat) become(!hidden);
    };
    window.addEventListener('keydown', onKeyDown, { capture: true });
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true });
  }, [hidden, become]);

  useLayoutEffect(() => {
    if (hidden || document.activeElement !== document.body) return;
    // A dialogue that waited has taken the focus already.
    if (focused.current instanceof HTMLElement) focused.current.focus();
    focused.current = null;
  }, [hidden]);

  const hide = useCallback(() => become(true), [become]);
  const show = useCallback(() => become(false), [become]);
  return { hidden, hide, show };
}

/** A modal dialogue over the whole window, so that it also lies over any other dialogue. */
export function Hide({ onShow }: { readonly onShow: () => void }): ReactNode {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    heading.current?.focus();
    return () => element?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      className="hide"
      aria-labelledby="hide-heading"
      // Escape is easily pressed by accident.
      onKeyDown={(event) => {
        if (event.key === 'Escape') event.preventDefault();
      }}
      onCancel={(event) => event.preventDefault()}
      onClose={() => {
        if (dialog.current?.isConnected === true) dialog.current.showModal();
      }}
    >
      <h1 id="hide-heading" className="hide__heading" tabIndex={-1} ref={heading}>
        Screen paused
      </h1>
      {/* Not reached by Tab: no key but F9 shows the screen, since a child may press one. */}
      <button type="button" className="hide__show" tabIndex={-1} aria-keyshortcuts="F9" onClick={onShow}>
        Show
      </button>
      {/* Announces the lock and the end of the session. */}
      <LiveRegion />
    </dialog>
  );
}
