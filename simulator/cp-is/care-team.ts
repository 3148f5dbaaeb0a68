import { randomUUID } from 'node:crypto';
import type { SimulatedPatient, SimulatedPlan } from '../patients.ts';
import type { MatchWithIncludes } from './searchset.ts';

/** A plan as CP-IS sends it: a CareTeam without a profile. */
export function careTeamEntries(patient: SimulatedPatient): readonly MatchWithIncludes[] {
  return patient.plans.map((plan) => ({ match: careTeam(patient, plan), includes: [] }));
}

function careTeam(patient: SimulatedPatient, plan: SimulatedPlan) {
  const telecom = telecomOf(plan);
  return {
    resourceType: 'CareTeam',
    id: randomUUID(),
    category: [{ coding: [{ system: 'http://snomed.info/sct', code: plan.code, display: plan.display }] }],
    name: plan.localAuthority,
    subject: {
      identifier: { system: 'https://fhir.nhs.uk/Id/nhs-number', value: patient.nhsNumber },
      display: `${patient.given.join(' ')} ${patient.family}`,
    },
    ...(telecom.length === 0 ? {} : { telecom }),
    period: {
      ...(plan.start === undefined ? {} : { start: plan.start }),
      ...(plan.end === undefined ? {} : { end: plan.end }),
    },
  };
}

/** `work` is for office hours; `mobile` is the emergency duty team. Also in this form on Patient Flags. */
export function telecomOf({ work, mobile, otherTelecom = [] }: SimulatedPlan): readonly unknown[] {
  return [
    ...(work === undefined ? [] : [{ use: 'work', value: work }]),
    ...(mobile === undefined ? [] : [{ use: 'mobile', value: mobile }]),
    ...otherTelecom,
  ].map((contact) => ({ system: 'phone', ...contact }));
}
