/** The outcome of printing. The dialogue's own "print to file" is `sent` too. */
import type { Fault } from './fault.ts';

export type PrintOutcome =
  /** The system's print queue has accepted the document; it does not report whether a printer printed it. */
  | { readonly kind: 'sent' }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly fault: Fault }
  /** By the policy `printing`. */
  | { readonly kind: 'not-allowed' };

/** The outcome of saving the answer as PDF. */
export type SavePdfOutcome =
  | { readonly kind: 'saved' }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly fault: Fault }
  /** By the policy `printing`. */
  | { readonly kind: 'not-allowed' };
