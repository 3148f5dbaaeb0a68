/** For tests: a lookup over a service that answers over real HTTP, with the events that it records. */
import { beforeEach } from 'vitest';
import type { FaultKind } from '../../../shared/fault.ts';
import type { CheckOutcome } from '../../../shared/outcome.ts';
import { auditDouble } from '../../audit/testing/test-audit.ts';
import type { AuditEvent } from '../../audit/trail-event.ts';
import {
  createPatientLookup,
  type PatientLookup,
  type PatientLookupDependencies,
} from '../patient-lookup.ts';
import { lookupDependencies } from './lookup-dependencies.ts';
import { environmentAt, loopbackServiceForTests, type Received, type Reply } from './loopback-service.ts';
import {
  auditEvents,
  careTeams,
  currentPlan,
  firstChild,
  operationOutcome,
  patient,
  searchset,
} from './synthetic.ts';

export const now = new Date('2026-11-23T14:32:00Z');

/** A service where every patient exists and has one plan and one access. */
export function usual({ url }: Received): Reply {
  const number = /(\d{10})$/.exec(decodeURIComponent(url.href))?.[1] ?? '';
  if (url.pathname.endsWith(`/Patient/${number}`)) return { body: patient(number) };
  if (url.pathname.endsWith('/Patient')) return { body: searchset([patient(firstChild)]) };
  if (url.pathname.endsWith('/CareTeam')) return { body: careTeams([currentPlan], number) };
  if (url.pathname.endsWith('/AuditEvent')) {
    return { body: auditEvents([{ recorded: '2026-11-20T10:00:00Z', name: 'Dr A' }], number) };
  }
  return { status: 404, body: operationOutcome('RESOURCE_NOT_FOUND') };
}

/** As `auditDouble`, where `record` stands for the trail at events of this kind alone. */
export function recordingBy(kind: AuditEvent['event'], record: PatientLookupDependencies['audit']['record']) {
  return auditDouble(async (event) => (event.event === kind ? record(event) : undefined));
}

/** The context of the patient. Throws where none is traced. */
export async function trace(lookup: PatientLookup, nhsNumber = firstChild): Promise<string> {
  const outcome = await lookup.trace({ nhsNumber });
  if (outcome.kind !== 'traced') throw new Error(`not traced: ${JSON.stringify(outcome)}`);
  return outcome.patient.context;
}

/** The check whose history can be read. Throws where nothing was found. */
export function checkIdOf(outcome: CheckOutcome): string {
  if (outcome.kind !== 'found') throw new Error(`not found: ${outcome.kind}`);
  return outcome.retrieval.checkId;
}

/** A check that may notify. */
export const unscheduled = (context: string, repeat: 'first' | 'again' = 'first') =>
  ({ context, careSetting: 'unscheduled', repeat }) as const;
/** A check that does not notify. */
export const scheduled = (context: string) =>
  ({ context, careSetting: 'scheduled', repeat: 'first' }) as const;

/** A check that was not sent. */
export const notAsked = (kind: FaultKind) => ({ kind: 'not-asked', fault: { kind } });

/** One service for the tests of a file, which answers as usual at the start of each; a lookup for each test. */
export function lookupForTests() {
  const service = loopbackServiceForTests();
  const recorded: AuditEvent[] = [];
  beforeEach(() => {
    recorded.length = 0;
    service.answerWith(usual);
  });

  function createTestLookup(
    further: Partial<PatientLookupDependencies> = {},
    settings: Parameters<typeof environmentAt>[1] = {},
  ): PatientLookup {
    return createPatientLookup({
      ...lookupDependencies(environmentAt(service.origin, settings)),
      now: () => now,
      userRole: () => ({ id: '555254242105', organisationCode: 'Z9A01' }),
      audit: auditDouble(async (event) => void recorded.push(event)),
      ...further,
    });
  }

  /** Such a lookup once it has traced the first child. */
  async function traced(...given: Parameters<typeof createTestLookup>) {
    const lookup = createTestLookup(...given);
    return { lookup, context: await trace(lookup) };
  }

  return {
    service,
    createTestLookup,
    traced,
    cpisQueries: () => recorded.filter(({ event }) => event === 'cpis-query'),
    cpisRequests: () => service.received.filter(({ url }) => url.pathname.startsWith('/cpis/')),
    unscheduledRequests: () =>
      service.received.filter(
        ({ headers }) => headers['isunscheduledaccessevent'] !== 'false' && headers['traceid'],
      ),
  };
}
