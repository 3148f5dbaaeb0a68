import { type ReactNode, useEffect, useState } from 'react';
import type { Fault } from '../../../shared/fault.ts';
import { useAnnounce } from '../../components/announcer.tsx';
import { Button } from '../../components/button.tsx';
import { FaultDetail } from '../../components/fault-detail.tsx';

/** Announces the outcome of a copy by key, menu or button; a failure stays on the screen until the user closes it. */
export function Copied(): ReactNode {
  const announce = useAnnounce();
  const [fault, setFault] = useState<Fault>();

  useEffect(
    () =>
      window.viewer.on('clipboard.copied', (outcome) => {
        // The message does not repeat the copied text, which must not outlive the answer in this window (H10).
        announce(outcome.kind === 'copied' ? 'Copied' : 'Could not copy');
        setFault(outcome.kind === 'copied' ? undefined : outcome.fault);
      }),
    [announce],
  );

  if (fault === undefined) return null;
  return (
    <div className="fault page__fault not-copied" role="alert">
      <p className="fault__heading">Nothing was copied.</p>
      <FaultDetail fault={fault} />
      <Button kind="secondary" onClick={() => setFault(undefined)}>
        Close
      </Button>
    </div>
  );
}
