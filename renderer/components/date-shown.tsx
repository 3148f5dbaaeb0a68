import type { ReactNode } from 'react';
import type { DateText } from '../../shared/clinical/clinical-date.ts';

/** A date as clinical screens show it, read out in its long form. */
export function DateShown({ date }: { readonly date: DateText }): ReactNode {
  if (date.long === date.short) return date.short;
  return (
    <>
      <span aria-hidden="true">{date.short}</span>
      <span className="nhsuk-u-visually-hidden">{date.long}</span>
    </>
  );
}
