import { type ReactNode, useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import type { ApplicationView } from '../../../shared/application.ts';
import { formatUkDateTime } from '../../../shared/clinical/clinical-date.ts';
import type { UserView } from '../../../shared/session.ts';

interface Props {
  readonly user: UserView;
  readonly application: ApplicationView;
  /** "Retrieved 23-Nov-2026 14:32". The time on the screen has no date, but paper needs one. */
  readonly retrieval: string | undefined;
}

/** On paper only: the user, the time of printing and the environment. */
export function PrintedBy({ user, application, retrieval }: Props): ReactNode {
  const [at, setAt] = useState(() => new Date());

  useEffect(() => {
    // Updates at once, because the browser copies the page for printing after this event.
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
