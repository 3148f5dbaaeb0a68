/** H3, H10: a patient who is replaced or dropped while a request is on its way. */
import { describe, expect, test } from 'vitest';
import type { AuthorisedFetch } from '../network/api-response.ts';
import type { PatientLookup } from './patient-lookup.ts';
import { plainFetch } from './testing/loopback-service.ts';
import { careTeams, currentPlan, firstChild, searchFor, secondChild } from './testing/synthetic.ts';
import {
  checkIdOf,
  lookupForTests,
  notAsked,
  now,
  recordingBy,
  scheduled,
  trace,
  unscheduled,
  usual,
} from './testing/test-lookup.ts';

const { service, createTestLookup, traced, cpisRequests, unscheduledRequests } = lookupForTests();

describe('H3, H10: an answer belongs to the patient of its request', () => {
  /** A network layer that delivers even the answers of aborted requests. */
  const deaf: AuthorisedFetch = ({ signal: _, ...request }) => plainFetch(request);

  const search = (lookup: PatientLookup) => lookup.search(searchFor('Example', '2015-08-14'));

  const finish = {
    trace: (lookup: PatientLookup) => lookup.trace({ nhsNumber: secondChild }),
    search,
    discard: (lookup: PatientLookup) => lookup.discard(),
    lock: (lookup: PatientLookup) => lookup.clear('lock'),
    'sign-out': (lookup: PatientLookup) => lookup.clear('sign-out'),
  } satisfies Record<string, (lookup: PatientLookup) => unknown>;

  const ends = ['trace', 'search', 'discard', 'lock', 'sign-out'] as const;
  const requests = [
    ['/Patient/9990000018', (lookup: PatientLookup) => lookup.trace({ nhsNumber: firstChild })],
    ['/Patient', search],
    ['/CareTeam', (lookup: PatientLookup, context: string) => lookup.check(scheduled(context))],
    [
      '/AuditEvent',
      async (lookup: PatientLookup, context: string) => {
        const checkId = checkIdOf(await lookup.check(scheduled(context)));
        return lookup.history({ checkId, from: 0 });
      },
    ],
  ] as const;

  test.each(requests.flatMap(([path, send]) => ends.map((end) => [path, end, send] as const)))(
    'the answer of %s after %s is dropped',
    async (path, end, send) => {
      const { lookup, context } = await traced({ fetch: deaf });
      const released = Promise.withResolvers<void>();
      service.answerWith(async (received) => {
        if (received.url.pathname.endsWith(path)) await released.promise;
        return usual(received);
      });
      const pending = send(lookup, context);
      const count = () => service.received.filter(({ url }) => url.pathname.endsWith(path)).length;
      await expect.poll(count).toBe(path.startsWith('/Patient/') ? 2 : 1);
      const ending = finish[end](lookup);
      released.resolve();
      await ending;
      expect(await pending).toMatchObject({ fault: { kind: 'patient-changed' } });
      expect(JSON.stringify(await pending)).not.toMatch(/Anyshire|Dr A|EXAMPLE/);
    },
  );

  test('H17: whatever replaces or drops the patient is announced', async () => {
    let changes = 0;
    const onPatientChange = () => {
      changes += 1;
    };
    const lookup = createTestLookup({ onPatientChange });
    for (const end of ends) {
      changes = 0;
      await finish[end](lookup);
      expect(changes, end).toBe(1);
    }
  });

  test('H5: when the unscheduled check was sent that a lock leaves is passed on', async () => {
    const { lookup, context } = await traced();
    service.answerWith(() => new Promise(() => undefined));
    void lookup.check(unscheduled(context));
    await expect.poll(() => unscheduledRequests().length).toBe(1);
    expect(lookup.clear('lock')).toEqual({ at: now.toISOString(), clock: 'services' });
    expect(lookup.clear('sign-out')).toBeUndefined();
  });

  test('nothing is sent when the patient changes while the audit trail is being written', async () => {
    const written = Promise.withResolvers<undefined>();
    const lookup = createTestLookup({ audit: recordingBy('cpis-query', () => written.promise) });
    const check = lookup.check(unscheduled(await trace(lookup)));
    await trace(lookup, secondChild);
    written.resolve(undefined);
    expect(await check).toMatchObject(notAsked('patient-changed'));
    expect(cpisRequests()).toEqual([]);
  });

  test('an answer about another NHS number is refused', async () => {
    const { lookup, context } = await traced();
    service.answerWith(() => ({ body: careTeams([currentPlan], secondChild) }));
    expect(await lookup.check(unscheduled(context))).toMatchObject({
      kind: 'could-not-check',
      retrieval: { notification: 'unknown' },
      fault: { kind: 'wrong-patient' },
    });
  });
});
