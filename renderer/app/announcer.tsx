/** The one polite live region: what changed without the focus moving there. */
import { createContext, type ReactNode, useCallback, useContext, useState } from 'react';

const Announce = createContext<(message: string) => void>(() => {});
const Said = createContext({ message: '', count: 0 });

export const useAnnounce = (): ((message: string) => void) => useContext(Announce);

interface Props {
  /** The screens that speak. What was said for others is gone with them (H10). */
  readonly of: string | undefined;
  readonly children: ReactNode;
}

export function Announcer({ of, children }: Props): ReactNode {
  const [said, setSaid] = useState({ message: '', of, count: 0 });
  const announce = useCallback(
    (message: string) => setSaid((before) => ({ message, of, count: before.count + 1 })),
    [of],
  );
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
