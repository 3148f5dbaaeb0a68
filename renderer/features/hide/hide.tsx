/** H9: blanks the window at once. F9, or a click, shows it again; nothing is lost underneath. */
import { type ReactNode, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { LiveRegion } from '../../components/announcer.tsx';

interface Hidden {
  readonly hidden: boolean;
  readonly hide: () => void;
  readonly show: () => void;
}

export function useHidden(): Hidden {
  const [hidden, setHidden] = useState(false);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== 'F9' || event.repeat) return;
      event.preventDefault();
      // Updates in this frame, even while React draws other changes.
      flushSync(() => setHidden((before) => !before));
    };
    window.addEventListener('keydown', onKeyDown, { capture: true });
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true });
  }, []);
  const hide = useCallback(() => flushSync(() => setHidden(true)), []);
  const show = useCallback(() => setHidden(false), []);
  return { hidden, hide, show };
}

/** A modal dialogue over the whole window, so that it also lies over any other dialogue. */
export function Hide({ onShow }: { readonly onShow: () => void }): ReactNode {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      className="hide"
      aria-label="Hidden"
      // Escape is easily pressed by accident, so the window stays hidden.
      onKeyDown={(event) => {
        if (event.key === 'Escape') event.preventDefault();
      }}
      onCancel={(event) => event.preventDefault()}
      onClose={() => {
        if (dialog.current?.isConnected === true) dialog.current.showModal();
      }}
    >
      <button type="button" className="hide__show" onClick={onShow}>
        Hidden. Press F9 or click to show.
      </button>
      {/* Announces the lock and the end of the session. */}
      <LiveRegion />
    </dialog>
  );
}
