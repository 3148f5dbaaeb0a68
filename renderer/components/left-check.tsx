import type { ReactNode } from 'react';
import type { TakenTime } from '../../shared/taken-time.ts';
import { formatTaken } from './instant-text.ts';

/** H5: says that the answer to an unscheduled check was never shown, since the check cannot be recalled. Names no patient. */
export function LeftCheck({ at }: { readonly at: TakenTime | undefined }): ReactNode {
  if (at === undefined) return null;
  return (
    <div className="callout" role="alert">
      <p>
        The answer to an unscheduled check was not shown: the check was made at {formatTaken(at)}. The local
        authority may have been notified.
      </p>
    </div>
  );
}
