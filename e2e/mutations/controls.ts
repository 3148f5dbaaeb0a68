/** The table of `npm run test:controls`: one entry for each control that a single line of code can lose. */
import { auditTrail } from './audit-trail.ts';
import { confidentiality } from './confidentiality.ts';
import type { Control } from './control.ts';
import { falseReassurance } from './false-reassurance.ts';
import { localUser } from './local-user.ts';
import { notification } from './notification.ts';
import { planContent } from './plan-content.ts';
import { withoutCpIs } from './without-cp-is.ts';
import { wrongPatient } from './wrong-patient.ts';

export const controls: readonly Control[] = [
  ...falseReassurance,
  ...wrongPatient,
  ...notification,
  ...planContent,
  ...confidentiality,
  ...auditTrail,
  ...localUser,
  ...withoutCpIs,
].toSorted((a, b) => Number(a.hazard.slice(1)) - Number(b.hazard.slice(1)));
