/** The view of a launch from the record system. It never names the patient. */
import type { Fault } from './fault.ts';

export type LaunchView =
  | { readonly kind: 'none' }
  /** Opaque: names this launch when it is followed or dismissed. */
  | { readonly kind: 'waiting'; readonly id: string }
  /** A patient is open, and the viewer is finding out whether the launch is for the same one. */
  | { readonly kind: 'redeeming' }
  | { readonly kind: 'refused'; readonly fault: Fault };
