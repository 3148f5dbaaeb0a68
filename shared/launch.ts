/** What the page learns of a launch from the record system: that there is one, never whom it is about. */
import type { Fault } from './fault.ts';

export type LaunchView =
  | { readonly kind: 'none' }
  /** Opaque: names this launch when it is followed or dismissed. */
  | { readonly kind: 'waiting'; readonly id: string }
  /** A patient is open, and whether the launch is for the same one takes its time to find out. */
  | { readonly kind: 'redeeming' }
  | { readonly kind: 'refused'; readonly fault: Fault };
