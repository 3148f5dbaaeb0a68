/** For tests: a waiting launch with stand-ins for what it asks of the viewer, which a test replaces one by one. */
import { expect } from 'vitest';
import { makeFault } from '../../../shared/fault.ts';
import type { LaunchView } from '../../../shared/launch.ts';
import type { TraceOutcome } from '../../../shared/outcome.ts';
import type { OpenPatient } from '../../clinical/patient-lookup.ts';
import type { PatientContext } from '../launch-link.ts';
import { createPendingLaunch, type PendingLaunchDependencies, type Redeemed } from '../pending-launch.ts';

export const start = Date.UTC(2026, 10, 23, 14, 0);
/** In milliseconds. */
export const minutes = (count: number) => count * 60_000;
/** A time in milliseconds since 1970 as NumericDate (RFC 7519). */
export const seconds = (time: number) => Math.floor(time / 1_000);

export const patient =
  'patient=https://fhir.nhs.uk/Id/nhs-number|9990000018&birthdate=2015-08-14&location=https://fhir.nhs.uk/Id/ods-organization-code|RX1';
/** `query` is not encoded. */
export const link = (query: string) => `cpis-viewer:launch?${query}`;
export const notFound: TraceOutcome = { kind: 'not-found', fault: makeFault('patient-not-found', 'pds') };

export const nora = '555036632103';
export const omar = '555036632104';

export const context = {
  nhsNumber: '9990000018',
  birthDate: '2015-08-14',
  practitioner: undefined,
  location: 'RX1',
  notBefore: undefined,
  notAfter: undefined,
} as PatientContext;

export const open = {
  context: 'shown',
  nhsNumbers: [context.nhsNumber],
  birthDate: context.birthDate,
} as const satisfies OpenPatient;

/** Nora is signed in. Gives what was traced, and each view that the page was told of. */
export function arrange(change: Partial<PendingLaunchDependencies> = {}) {
  const traced: PatientContext[] = [];
  const views: LaunchView[] = [];
  let ids = 0;
  const launches = createPendingLaunch({
    now: () => new Date(),
    newId: () => `id-${++ids}`,
    userId: () => nora,
    lastUserId: () => nora,
    organisation: () => 'RX1',
    openPatient: () => undefined,
    codesOnly: false,
    redeem: async () => ({ kind: 'failed', fault: makeFault('launch-refused', 'r') }),
    trace: async (context) => {
      traced.push(context);
      return notFound;
    },
    onChange: (view) => views.push(view),
    ...change,
  });
  return { launches, traced, views };
}

/** As `arrange`, once a link with this query has come. */
export function received(query: string, change: Partial<PendingLaunchDependencies> = {}) {
  const arranged = arrange(change);
  arranged.launches.receive(link(query));
  return arranged;
}

export type PendingLaunch = ReturnType<typeof arrange>['launches'];

/** Follows the waiting launch, as the page does. */
export async function follow(launches: PendingLaunch): Promise<TraceOutcome> {
  const view = launches.view();
  return launches.follow(view.kind === 'waiting' ? view.id : 'nothing-waits');
}

/** Following the launch is refused, and opens no patient. */
export async function expectRefused({
  launches,
  traced,
}: Pick<ReturnType<typeof arrange>, 'launches' | 'traced'>) {
  expect(await follow(launches)).toMatchObject(refused);
  expect(traced).toEqual([]);
}

export const refused = { kind: 'could-not-trace', fault: { kind: 'launch-refused' } };

/** Redemptions that end when the test says so, each with its signal. */
export function slowRedemptions() {
  const answers: ((redeemed: Redeemed) => void)[] = [];
  const signals: AbortSignal[] = [];
  const redeem = (_link: unknown, signal: AbortSignal) => {
    signals.push(signal);
    return new Promise<Redeemed>((resolve) => answers.push(resolve));
  };
  return { answers, signals, redeem };
}
