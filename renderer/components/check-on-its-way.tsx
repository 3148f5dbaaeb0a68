import type { ReactNode } from 'react';

/** H5: said where the user may close a patient whose check has no answer yet. */
export function CheckOnItsWay(): ReactNode {
  return (
    <p>
      <strong>A check of this patient in unscheduled care is on its way.</strong> You will not see the answer,
      and the local authority may have been notified.
    </p>
  );
}
