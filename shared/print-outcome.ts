/** The outcome of a dialogue for paper or a PDF. The print dialogue's own "print to file" is `sent` too. */
import type { Fault } from './fault.ts';

/** `sent`: the system's print queue has accepted the document; it does not report whether a printer printed it. */
export type DialogueOutcome<Done extends 'sent' | 'saved'> =
  | { readonly kind: Done }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly fault: Fault };

/** By the policy `printing`. */
type NotAllowed = { readonly kind: 'not-allowed' };

export type PrintOutcome = DialogueOutcome<'sent'> | NotAllowed;

export type SavePdfOutcome = DialogueOutcome<'saved'> | NotAllowed;
