/** What came of printing. A system that writes to a file ("Save as PDF") says `sent` too. */
import type { Fault } from './fault.ts';

export type PrintOutcome =
  /** The system's print queue has taken it. Whether paper came out, nobody says. */
  | { readonly kind: 'sent' }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly fault: Fault }
  /** By the policy `printing`. */
  | { readonly kind: 'not-allowed' };
