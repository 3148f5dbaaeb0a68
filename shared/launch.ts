/** What the page learns of a launch from the record system: that there is one, never whom it is about. */
import type { Fault } from './fault.ts';

export type LaunchView =
  | { readonly kind: 'none' }
  /** Opaque: names this launch when it is followed or dismissed. */
  | { readonly kind: 'waiting'; readonly id: string }
  | { readonly kind: 'refused'; readonly fault: Fault };
