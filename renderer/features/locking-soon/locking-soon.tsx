import { type ReactNode, useEffect, useState } from 'react';
import type { LockNotice } from '../../../shared/session.ts';
import { ask } from '../../bridge.ts';
import { useAnnounce } from '../../components/announcer.tsx';
import { Button } from '../../components/button.tsx';
import { Modal } from '../../components/modal.tsx';
import { describeCountdown } from './countdown.ts';

interface Props {
  readonly notice: LockNotice;
  /** The record system has sent a patient, who may be another than is on the screen. */
  readonly launchWaits: boolean;
}

const patientWaits = 'Your record system has sent a patient, who waits until you stay signed in.';

/**
 * H14: says that the viewer is about to lock, so that a user who is there can stay (WCAG 2.2.1). Lies over a hidden screen too,
 * and shows nothing of it (H9).
 */
export function LockingSoon({ notice, launchWaits }: Props): ReactNode {
  const leftMs = useTimeLeft(notice);
  const announce = useAnnounce();
  const { text, announcement } = describeCountdown(leftMs);

  useEffect(() => {
    if (launchWaits) announce(patientWaits, 'session');
  }, [launchWaits, announce]);

  useEffect(() => {
    if (announcement !== undefined) announce(announcement, 'session');
  }, [announcement, announce]);

  return (
    // H14: a user who is telephoning can go on reading the number. H3: nobody reads one patient as the one who was sent.
    <Modal heading="Locking soon" behind={launchWaits ? 'opaque' : 'legible'} onDismiss={stay}>
      {launchWaits && <p>{patientWaits}</p>}
      <p>
        CP-IS Viewer locks in <span className="countdown">{text}</span>, because its window has not been used.
      </p>
      <div className="actions">
        <Button onClick={stay}>Stay signed in</Button>
        <Button kind="secondary" onClick={() => void ask('session.lock', undefined)}>
          Lock now
        </Button>
      </div>
    </Modal>
  );
}

function stay(): void {
  void ask('lockNotice.stay', undefined);
}

/** Does not depend on the clock, which can be changed meanwhile. */
function useTimeLeft(notice: LockNotice): number {
  const [leftMs, setLeftMs] = useState(notice.leftMs);
  useEffect(() => {
    const receivedAt = performance.now();
    const timer = setInterval(() => setLeftMs(notice.leftMs - (performance.now() - receivedAt)), 1_000);
    return () => clearInterval(timer);
  }, [notice]);
  return leftMs;
}
