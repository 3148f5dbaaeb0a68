/** The table of `npm run test:controls`: one entry for each control that a single line of code can lose. */
import { auditTrail } from './audit-trail.ts';
import type { Control } from './control.ts';
import { honestAnswers } from './honest-answers.ts';
import { knownNotifications } from './known-notifications.ts';
import { nobodyElse } from './nobody-else.ts';
import { plansAsTheyAre } from './plans-as-they-are.ts';
import { rightPatient } from './right-patient.ts';
import { withoutCpIs } from './without-cp-is.ts';

export const controls: readonly Control[] = [
  ...honestAnswers,
  ...rightPatient,
  ...knownNotifications,
  ...plansAsTheyAre,
  ...nobodyElse,
  ...auditTrail,
  ...withoutCpIs,
].toSorted((a, b) => Number(a.hazard.slice(1)) - Number(b.hazard.slice(1)));
