/** Says what came of a copy, by whatever key, menu or button; one that failed stays on the screen until it is read. */
import { type ReactNode, useEffect, useState } from 'react';
import type { Fault } from '../../../shared/fault.ts';
import { useAnnounce } from '../../components/announcer.tsx';
import { Button } from '../../components/button.tsx';
import { FaultDetail } from '../../components/fault-detail.tsx';

export function Copied(): ReactNode {
  const announce = useAnnounce();
  const [fault, setFault] = useState<Fault>();

  useEffect(
    () =>
      window.viewer.on('clipboard.copied', (outcome) => {
        // Not what was copied: words said stay in the window longer than the answer may (H10).
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
