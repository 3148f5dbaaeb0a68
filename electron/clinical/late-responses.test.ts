/** H3: the answers of two patients, in every order that a network can deliver them, over real HTTP. */
import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import type { NhsNumber } from '../../shared/clinical/nhs-number.ts';
import { auditDouble } from '../audit/testing/test-audit.ts';
import type { AuthorisedFetch } from '../network/api-response.ts';
import { createPatientLookup } from './patient-lookup.ts';
import { lookupDependencies } from './testing/lookup-dependencies.ts';
import { environmentAt, loopbackServiceForTests, plainFetch } from './testing/loopback-service.ts';
import { auditEvents, careTeams, currentPlan, nhsNumber, patient } from './testing/synthetic.ts';

const service = loopbackServiceForTests();

beforeEach(() => {
  service.answerWith(({ url }) => {
    const number = /(\d{10})$/.exec(decodeURIComponent(url.href))?.[1] ?? '';
    if (url.pathname.endsWith('/CareTeam')) {
      return { body: careTeams([{ ...currentPlan, localAuthority: `Authority of ${number}` }], number) };
    }
    if (url.pathname.endsWith('/AuditEvent')) {
      const name = `Clinician of ${number}`;
      return { body: auditEvents([{ recorded: '2026-11-01T10:00:00Z', name }], number) };
    }
    return { body: patient(number, { name: [{ family: number, given: ['Patient'] }] }) };
  });
});

/** The progress of an action before the next one begins. */
type Pace = 'go-on' | 'until-sent' | 'until-done';

type Step =
  | { readonly do: 'find'; readonly nhsNumber: NhsNumber; readonly pace: Pace }
  | {
      readonly do: 'check';
      readonly careSetting: 'unscheduled' | 'scheduled';
      readonly repeat: 'first' | 'again';
      readonly pace: Pace;
    }
  | { readonly do: 'discard' | 'lock' };

const children = ['9990000018', '9990000026', '9990000034'].map(nhsNumber);
const pace = fc.constantFrom<Pace>('go-on', 'until-sent', 'until-done');

const find = fc.record({ do: fc.constant('find' as const), nhsNumber: fc.constantFrom(...children), pace });
const check = fc.record({
  do: fc.constant('check' as const),
  careSetting: fc.constantFrom('unscheduled' as const, 'scheduled' as const),
  repeat: fc.constantFrom('first' as const, 'again' as const),
  pace,
});
const end = fc.record({ do: fc.constantFrom('discard' as const, 'lock' as const) });

const step: fc.Arbitrary<Step> = fc.oneof(
  { arbitrary: find, weight: 3 },
  { arbitrary: check, weight: 4 },
  { arbitrary: end, weight: 1 },
);

test('H3, H4: no answer is ever given to another patient, and no unscheduled request goes twice without a yes', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(step, { minLength: 2, maxLength: 10 }),
      async (scheduler, steps) => {
        const sent: NhsNumber[] = [];
        const confirmed: NhsNumber[] = [];
        let announceSent = (): void => undefined;
        /** Delivers every answer, even of an aborted request, in the order of the scheduler. */
        const unruly: AuthorisedFetch = async ({ signal: _, ...request }) => {
          announceSent();
          if (request.headers['IsUnscheduledAccessEvent'] === 'true') {
            sent.push(nhsNumber(request.url.search.slice(-10)));
          }
          const answer = await plainFetch(request);
          await scheduler.schedule(Promise.resolve());
          return answer;
        };
        const lookup = createPatientLookup({
          ...lookupDependencies(environmentAt(service.origin)),
          fetch: unruly,
          audit: auditDouble(async (event) => {
            if (event.event !== 'cpis-query') return undefined;
            if (event.mayNotify && event.repeat === 'again') confirmed.push(nhsNumber(event.patient ?? ''));
            await scheduler.schedule(Promise.resolve());
            return undefined;
          }),
        });

        /** The state of the screen: the last patient that it received, and the results for that patient. */
        const shown: { readonly about: NhsNumber; readonly text: string }[] = [];
        let onScreen: { readonly nhsNumber: NhsNumber; readonly context: string } | undefined;
        let generation = 0;

        async function findPatient(number: NhsNumber): Promise<void> {
          generation += 1;
          onScreen = undefined;
          const own = generation;
          const outcome = await lookup.trace({ nhsNumber: number });
          if (outcome.kind !== 'traced') return;
          shown.push({ about: number, text: outcome.patient.banner.name });
          expect(own).toBe(generation);
          onScreen = { nhsNumber: number, context: outcome.patient.context };
        }

        async function checkCpis(request: Extract<Step, { do: 'check' }>): Promise<void> {
          if (onScreen === undefined) return;
          const about = onScreen;
          const own = generation;
          const outcome = await lookup.check({ ...request, context: about.context });
          if (outcome.kind !== 'found') return;
          expect(own).toBe(generation);
          shown.push({ about: about.nhsNumber, text: outcome.plans[0].localAuthority });
          const history = await lookup.history({ checkId: outcome.retrieval.checkId, from: 0 });
          if (history.kind === 'read') {
            expect(own).toBe(generation);
            shown.push({ about: about.nhsNumber, text: history.history.accesses[0]?.name ?? '' });
          }
        }

        const acts: Promise<void>[] = [];
        async function perform(act: Promise<void>, isSent: Promise<void>, howFar: Pace): Promise<void> {
          acts.push(act);
          switch (howFar) {
            case 'go-on':
              return scheduler.schedule(Promise.resolve());
            case 'until-sent':
              return Promise.race([act, isSent]);
            case 'until-done':
              return act;
          }
        }

        const play = async () => {
          for (const one of steps) {
            const isSent = new Promise<void>((resolve) => {
              announceSent = resolve;
            });
            switch (one.do) {
              case 'find':
                await perform(findPatient(one.nhsNumber), isSent, one.pace);
                break;
              case 'check':
                await perform(checkCpis(one), isSent, one.pace);
                break;
              case 'discard':
              case 'lock':
                generation += 1;
                onScreen = undefined;
                if (one.do === 'lock') lookup.clear('lock');
                else await lookup.discard();
                break;
            }
          }
          await Promise.all(acts);
        };
        await scheduler.waitFor(play());

        for (const { about, text } of shown) expect(text).toContain(about);
        for (const child of children) {
          const times = (list: readonly NhsNumber[]) => list.filter((number) => number === child).length;
          expect(times(sent)).toBeLessThanOrEqual(1 + times(confirmed));
        }
      },
    ),
    { numRuns: 60 },
  );
});
