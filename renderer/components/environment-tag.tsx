import type { ReactNode } from 'react';
import type { ApplicationView } from '../../shared/application.ts';

/** The environment, in words on every screen that is not hidden, and in a colour of its own where patients are real. */
export function EnvironmentTag({ application }: { readonly application: ApplicationView }): ReactNode {
  const colour = application.live ? 'environment-tag--live' : 'environment-tag--not-live';
  return <strong className={`environment-tag ${colour}`}>{application.environmentTag}</strong>;
}
