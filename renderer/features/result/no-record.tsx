/** H1: these words and nothing else, no colour and no sign that could comfort. */
import type { ReactNode } from 'react';

const sentence =
  'No CP-IS record was found for this NHS number. This does not mean that there are no safeguarding concerns.';

export function NoRecord(): ReactNode {
  return <p className="no-record">{sentence}</p>;
}
