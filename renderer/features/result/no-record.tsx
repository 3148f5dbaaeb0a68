/** H1: this sentence alone, without a colour or a symbol that could reassure. */
import type { ReactNode } from 'react';

const sentence =
  'No CP-IS record was found for this NHS number. This does not mean that there are no safeguarding concerns.';

export function NoRecord(): ReactNode {
  return <p className="no-record">{sentence}</p>;
}
