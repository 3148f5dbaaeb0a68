import { type ReactNode, useEffect, useState } from 'react';
import type { SessionView } from '../../shared/session.ts';
import { useAnnounce } from '../components/announcer.tsx';
import { describeTimeLeft } from './time-left.ts';

interface Props {
  readonly session: Extract<SessionView, { state: 'signed-in' }>;
  readonly onSignInAgain: () => void;
}

/**
 * The time left of the session, updated each minute and announced near the end; half an hour before, the user can sign
 * in again and keep the patient (WCAG 2.2.1). It does not depend on the clock.
 */
export function SessionTime({ session, onSignInAgain }: Props): ReactNode {
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
    <div className="bar__session">
      <p className={left.near ? 'bar__time bar__time--near' : 'bar__time'}>
        Time left: <span className="bar__time-value">{left.text}</span>
      </p>
      {left.near && (
        <button
          type="button"
          className="bar__sign-in-again"
          aria-disabled={session.signingInAgain || undefined}
          onClick={() => {
            if (!session.signingInAgain) onSignInAgain();
          }}
        >
          Sign in again now
        </button>
      )}
    </div>
  );
}
