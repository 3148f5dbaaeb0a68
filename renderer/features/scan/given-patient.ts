/** The patient whom the user wants to find, from a wristband or from digits that were typed outside a field. */
import type { Wristband } from '../../../shared/clinical/wristband.ts';

export interface GivenPatient {
  /** Digits for the field "NHS number", as many as there are. */
  readonly digits: string;
  readonly wristband: Wristband | undefined;
  /** The user has pressed Enter or a button, or the scanner has: a number that is valid is looked for at once. */
  readonly find: boolean;
}
