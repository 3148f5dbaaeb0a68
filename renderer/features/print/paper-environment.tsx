/** H16, H18: on paper only, and on each page of it: that the patient above is not a real one. */
import type { ReactNode } from 'react';
import type { ApplicationView } from '../../../shared/application.ts';

export function PaperEnvironment({ application }: { readonly application: ApplicationView }): ReactNode {
  if (application.live) return null;
  return <p className="paper-environment">Environment: {application.environmentTag} (not live)</p>;
}
