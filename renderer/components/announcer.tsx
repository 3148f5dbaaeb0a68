import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';

/** `session`: the lock and the end of the session, which are announced on a hidden screen too. */
export type AnnouncementKind = 'screen' | 'session';

type AnnounceFunction = (message: string, kind?: AnnouncementKind) => void;

const Announce = createContext<AnnounceFunction>(() => {});
const Said = createContext({ message: '', count: 0 });

/** Gives the function that announces a message in place of the one before. */
export const useAnnounce = (): AnnounceFunction => useContext(Announce);

/** For what takes the focus with an answer: "Checking CP-IS" must not be read below "No CP-IS record found" (H1). */
export function useEndOfAnnouncement(): void {
  const announce = useAnnounce();
  useEffect(() => announce(''), [announce]);
}

interface Props {
  /** The screens that announce. A change of screens removes the last message (H10). */
  readonly of: string | undefined;
  /** H9: a hidden screen announces nothing, and nothing afterwards, when the user can read it. */
  readonly hidden: boolean;
  readonly children: ReactNode;
}

/** The one polite live region: announces changes that do not move the focus. */
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

/**
 * A dialogue needs a live region of its own: the one behind it is inert, and screen readers ignore an inert region. It does not
 * repeat what was said before the dialogue opened.
 */
export function LiveRegion(): ReactNode {
  const { message, count } = useContext(Said);
  const [countBefore] = useState(count);
  return (
    <div className="nhsuk-u-visually-hidden announcer" role="status">
      {/* A new element each time, so that the same message is announced again. */}
      <span key={count}>{count === countBefore ? '' : message}</span>
    </div>
  );
}
