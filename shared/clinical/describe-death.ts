/** What the patient banner, "Confirm patient" and a copy for the record say of a death. */
import type { DateText } from './clinical-date.ts';
import type { Death } from './patient.ts';

interface NamedDeath {
  readonly name: string;
  readonly value: DateText;
}

/**
 * `Died` with the date, or `Death` with "May have died": under `Died` a reader in a hurry would take it for certain (H3).
 * `undefined` where PDS says nothing of a death.
 */
export function describeDeath(death: Death): NamedDeath | undefined {
  switch (death.kind) {
    case 'none':
      return undefined;
    case 'died':
      return { name: 'Died', value: death.date };
    case 'unclear':
      return { name: 'Death', value: { short: mayHaveDied, long: mayHaveDied } };
  }
}

export const mayHaveDied = 'May have died';
