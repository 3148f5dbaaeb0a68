import type { ReactNode } from 'react';
import type { ApplicationView } from '../../../shared/application.ts';

/** H16, H18: says on each printed page that the environment is not live. */
export function PaperEnvironment({ application }: { readonly application: ApplicationView }): ReactNode {
  if (application.live) return null;
  return <p className="paper-environment">Environment: {application.environmentTag} (not live)</p>;
}
