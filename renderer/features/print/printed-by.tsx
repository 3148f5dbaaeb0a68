/** On paper only: who printed it and when, and from which environment. */
import { type ReactNode, useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import type { ApplicationView } from '../../../shared/application.ts';
import { formatUkDateTime } from '../../../shared/clinical/clinical-date.ts';
import type { UserView } from '../../../shared/session.ts';

interface Props {
  readonly user: UserView;
  readonly application: ApplicationView;
  /** "Retrieved 23-Nov-2026 14:32": the time on the screen has no date, and paper outlives the day. */
  readonly retrieval: string | undefined;
}

export function PrintedBy({ user, application, retrieval }: Props): ReactNode {
  const [at, setAt] = useState(() => new Date());

  useEffect(() => {
    // The time of printing, not of the answer; it must be on the page before the page is taken.
    const onBeforePrint = (): void => flushSync(() => setAt(new Date()));
    window.addEventListener('beforeprint', onBeforePrint);
    return () => window.removeEventListener('beforeprint', onBeforePrint);
  }, []);

  return (
    <p className="printed-by">
      {retrieval !== undefined && `${retrieval}. `}Printed by {user.name}, {user.role}, {user.organisation},{' '}
      <span className="nowrap">on {formatUkDateTime(at).short}.</span> CP-IS Viewer {application.version},{' '}
      {application.environmentTag}.
    </p>
  );
}
