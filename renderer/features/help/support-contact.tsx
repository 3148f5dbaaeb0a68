import type { ReactNode } from 'react';
import type { ApplicationView } from '../../../shared/application.ts';

/** Whom to ask about the application itself: the site's own words, by policy. */
export function SupportContact({
  application,
}: {
  readonly application: ApplicationView | undefined;
}): ReactNode {
  return <p>{application?.supportContact ?? 'Ask your IT service desk.'}</p>;
}
