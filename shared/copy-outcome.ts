/** The outcome of a copy. */
import type { Fault } from './fault.ts';

export type CopyOutcome =
  | { readonly kind: 'copied' }
  | { readonly kind: 'not-copied'; readonly fault: Fault };
