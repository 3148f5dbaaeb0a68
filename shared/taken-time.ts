import type { Retrieval } from './outcome.ts';
import { clockInDoubtWords } from './outcome-words.ts';

/** A time that this application has taken itself, and by which clock. */
export interface TakenTime {
  /** UTC, ISO 8601. */
  readonly at: string;
  /** `doubted`: this computer's clock may be wrong (H20). `computer`: its own clock, which no service has set right. */
  readonly clock: 'services' | 'doubted' | 'computer';
}

/** A time of the audit trail, which has that of this computer. */
export function ofThisComputer(at: Date): TakenTime {
  return { at: at.toISOString(), clock: 'computer' };
}

/** When CP-IS answered. */
export function retrievedTime({
  retrievedAt,
  clockInDoubt,
}: Pick<Retrieval, 'retrievedAt' | 'clockInDoubt'>): TakenTime {
  return { at: retrievedAt, clock: clockInDoubt ? 'doubted' : 'services' };
}

/** Stands after the time. */
export function clockWords({ clock }: Pick<TakenTime, 'clock'>): string {
  switch (clock) {
    case 'services':
      return '';
    case 'doubted':
      return ` (${clockInDoubtWords})`;
    case 'computer':
      return " by this computer's clock";
  }
}
