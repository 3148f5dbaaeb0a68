import { randomUUID } from 'node:crypto';
import { auditDouble } from '../../audit/testing/test-audit.ts';
import type { Environment } from '../../settings/environment.ts';
import type { PatientLookupDependencies } from '../patient-lookup.ts';
import { plainFetch } from './loopback-service.ts';

/** For tests: what a patient lookup needs, for a signed-in user who may do everything, without a wait between two attempts. */
export function lookupDependencies(environment: Environment): PatientLookupDependencies {
  return {
    fetch: plainFetch,
    environment,
    now: () => new Date('2026-11-23T14:32:00Z'),
    doubtedNow: () => undefined,
    newId: randomUUID,
    user: () => ({ name: 'Nora Synthetic', role: 'Nurse', organisation: 'SYNTHETIC GENERAL HOSPITAL' }),
    userId: () => '999999910000',
    earlierSession: undefined,
    wait: async () => undefined,
    random: () => 0,
    permissions: () => ({ unscheduled: { kind: 'allowed' }, scheduled: { kind: 'allowed' } }),
    userRole: () => undefined,
    audit: auditDouble(async () => undefined),
    gesture: { take: async () => true },
    onPatientChange: () => undefined,
  };
}
