/** The one polite live region: what changed without the focus moving there. */
import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';

/** `session`: about the lock and the end of the session, which are said over a hidden screen too. */
export type AnnouncementKind = 'screen' | 'session';

type AnnounceFunction = (message: string, kind?: AnnouncementKind) => void;

const Announce = createContext<AnnounceFunction>(() => {});
const Said = createContext({ message: '', count: 0 });

export const useAnnounce = (): AnnounceFunction => useContext(Announce);

interface Props {
  /** The screens that speak. What was said for others is gone with them (H10). */
  readonly of: string | undefined;
  /** H9: what a screen says is not said while it is hidden, nor afterwards: it can be read then. */
  readonly hidden: boolean;
  readonly children: ReactNode;
}

export function Announcer({ of, hidden, children }: Props): ReactNode {
  const [said, setSaid] = useState({ message: '', of, count: 0 });
  const hiddenNow = useRef(hidden);
  const announce = useCallback<AnnounceFunction>(
    (message, kind = 'screen') => {
      if (hiddenNow.current && kind === 'screen') return;
      setSaid((before) => ({ message, of, count: before.count + 1 }));
    },
    [of],
  );
  useLayoutEffect(() => {
    hiddenNow.current = hidden;
    if (hidden) setSaid((before) => ({ ...before, message: '' }));
  }, [hidden]);
  return (
    <Announce value={announce}>
      <Said value={{ message: said.of === of ? said.message : '', count: said.count }}>
        {children}
        <LiveRegion />
      </Said>
    </Announce>
  );
}

/** A dialogue has one of its own: all that lies behind it is inert, and an inert region is silent. */
export function LiveRegion(): ReactNode {
  const { message, count } = useContext(Said);
  return (
    <div className="nhsuk-u-visually-hidden announcer" role="status">
      {/* A new element each time, so that the same words are said again. */}
      <span key={count}>{message}</span>
    </div>
  );
}
