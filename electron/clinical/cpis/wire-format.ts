/**
 * The URLs of CP-IS and the readers of its answers. NHS England is moving CP-IS from its own API to Patient Flags, so
 * each wire format sits behind this one interface and the site chooses in its settings.
 */
import type { CarePlanView } from '../../../shared/clinical/cp-is.ts';
import type { NhsNumber } from '../../../shared/clinical/nhs-number.ts';
import type { CareSetting } from '../../../shared/outcome.ts';
import type { Searchset } from '../fhir/searchset.ts';
import type { Today } from '../today.ts';

export interface WireFormat {
  readonly careSettings: readonly CareSetting[];
  plansUrl(nhsNumber: NhsNumber): URL;
  readPlans(searchset: Searchset, nhsNumber: NhsNumber, today: Today): PlansReading;
  /** `undefined` where the service keeps no access history. */
  readonly historyUrl: ((nhsNumber: NhsNumber) => URL) | undefined;
}

/** H2: only a complete, well-formed, empty searchset gives `no-record`. */
export type PlansReading =
  | {
      readonly kind: 'plans';
      readonly plans: readonly [CarePlanView, ...CarePlanView[]];
      /** Another part of the answer may be of a record too (H11). */
      readonly mayBeMore: boolean;
    }
  | { readonly kind: 'no-record' }
  | { readonly kind: 'wrong-patient' }
  /** The answer cannot be read safely but mentions a record, which the clinician must know. */
  | { readonly kind: 'record-mentioned' }
  | { readonly kind: 'unreadable' };
