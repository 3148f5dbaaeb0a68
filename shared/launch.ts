/** The view of a launch from the record system. It never names the patient. */
import type { Fault } from './fault.ts';

export type LaunchView =
  | { readonly kind: 'none' }
  /**
   * `id` is opaque: it names this launch when it is followed or dismissed. `patient`: the launch is for the patient
   * whom a row of a clinic list has opened, or for another than is open; `other` as well where none is.
   */
  | { readonly kind: 'waiting'; readonly id: string; readonly patient: 'same' | 'other' }
  /** A patient is open, and the viewer is finding out whether the launch is for the same one. */
  | { readonly kind: 'redeeming' }
  /** A notice of a lock runs: a launch waits for its answer, for the patient on the screen or another (H3, H14). */
  | { readonly kind: 'held' }
  | { readonly kind: 'refused'; readonly fault: Fault };
