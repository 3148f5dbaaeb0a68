/** The time left of the session: renewed once a minute, announced only near its end. */
import { type ReactNode, useEffect, useState } from 'react';
import { useAnnounce } from './announcer.tsx';
import { describeTimeLeft } from './time-left.ts';

export function SessionTime({ endsAt }: { readonly endsAt: string }): ReactNode {
  const [now, setNow] = useState(() => Date.now());
  const announce = useAnnounce();
  const left = describeTimeLeft(endsAt, now);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new end is counted from now, not from the last minute
  useEffect(() => {
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 60_000);
    return () => clearInterval(timer);
  }, [endsAt]);

  useEffect(() => {
    if (left.announcement !== undefined) announce(left.announcement, 'session');
  }, [left.announcement, announce]);

  return (
    <p className={left.near ? 'bar__time bar__time--near' : 'bar__time'}>
      Time left: <span className="bar__time-value">{left.text}</span>
    </p>
  );
}
