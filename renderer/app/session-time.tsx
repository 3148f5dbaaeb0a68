/** The time left of the session, updated each minute and announced near the end. It does not depend on the clock. */
import { type ReactNode, useEffect, useState } from 'react';
import type { SessionView } from '../../shared/session.ts';
import { useAnnounce } from '../components/announcer.tsx';
import { describeTimeLeft } from './time-left.ts';

interface Props {
  readonly session: Extract<SessionView, { state: 'signed-in' }>;
}

export function SessionTime({ session }: Props): ReactNode {
  const [timeLeftMs, setTimeLeftMs] = useState(session.timeLeftMs);
  const announce = useAnnounce();
  const left = describeTimeLeft(timeLeftMs);

  useEffect(() => {
    const receivedAt = performance.now();
    const renew = (): void => setTimeLeftMs(session.timeLeftMs - (performance.now() - receivedAt));
    renew();
    const timer = setInterval(renew, 60_000);
    return () => clearInterval(timer);
  }, [session]);

  useEffect(() => {
    if (left.announcement !== undefined) announce(left.announcement, 'session');
  }, [left.announcement, announce]);

  return (
    <p className={left.near ? 'bar__time bar__time--near' : 'bar__time'}>
      Time left: <span className="bar__time-value">{left.text}</span>
    </p>
  );
}
