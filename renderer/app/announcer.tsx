/** The one polite live region: what changed without the focus moving there. */
import { createContext, type ReactNode, useCallback, useContext, useState } from 'react';

const Announce = createContext<(message: string) => void>(() => {});

export const useAnnounce = (): ((message: string) => void) => useContext(Announce);

export function Announcer({ children }: { readonly children: ReactNode }): ReactNode {
  const [said, setSaid] = useState({ message: '', count: 0 });
  const announce = useCallback(
    (message: string) => setSaid((before) => ({ message, count: before.count + 1 })),
    [],
  );
  return (
    <Announce value={announce}>
      {children}
      <div className="nhsuk-u-visually-hidden announcer" role="status">
        {/* A new element each time, so that the same words are said again. */}
        <span key={said.count}>{said.message}</span>
      </div>
    </Announce>
  );
}
