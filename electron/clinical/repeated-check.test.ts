/** H4, H5: what may notify a local authority is asked about before it is sent again. */
import { describe, expect, test } from 'vitest';
import { operationOutcome, secondChild } from './testing/synthetic.ts';
import {
  lookupForTests,
  notAsked,
  now,
  scheduled,
  trace,
  unscheduled,
  usual,
} from './testing/test-lookup.ts';

const { service, createTestLookup, traced, cpisQueries, unscheduledRequests } = lookupForTests();

describe('H4: an unscheduled request is never sent twice without a fresh yes', () => {
  test('two clicks at once share one request and one answer', async () => {
    const { lookup, context } = await traced();
    const [first, second, third] = await Promise.all([
      lookup.check(unscheduled(context)),
      lookup.check(unscheduled(context)),
      lookup.check(unscheduled(context, 'again')),
    ]);
    expect(second).toBe(first);
    expect(third).toBe(first);
    expect(unscheduledRequests()).toHaveLength(1);
    expect(cpisQueries()).toHaveLength(1);
  });

  test('the other care setting is not requested while a request is pending', async () => {
    const { lookup, context } = await traced();
    const [, other] = await Promise.all([
      lookup.check(unscheduled(context)),
      lookup.check(scheduled(context)),
    ]);
    expect(other).toMatchObject(notAsked('request-refused'));
  });

  test('a repeat needs a yes, for the same child traced again too', async () => {
    const lookup = createTestLookup();
    await lookup.check(unscheduled(await trace(lookup)));
    await lookup.check(unscheduled(await trace(lookup, secondChild)));
    const context = await trace(lookup);
    expect(await lookup.check(unscheduled(context))).toEqual({
      kind: 'confirm-repeat',
      askedBefore: { at: now.toISOString(), clock: 'services' },
      about: 'this-patient',
    });
    expect(unscheduledRequests()).toHaveLength(2);
    expect(await lookup.check(scheduled(context))).toMatchObject({ kind: 'found' });
    expect(await lookup.check(unscheduled(context, 'again'))).toMatchObject({ kind: 'found' });
    expect(unscheduledRequests()).toHaveLength(3);
  });

  test('H20: of a time that was taken while the clock was in doubt, the question says so later too', async () => {
    let doubted: Date | undefined = new Date('2026-11-26T14:32:00Z');
    const lookup = createTestLookup({ doubtedNow: () => doubted });
    await lookup.check(unscheduled(await trace(lookup)));
    doubted = undefined;
    expect(await lookup.check(unscheduled(await trace(lookup)))).toMatchObject({
      kind: 'confirm-repeat',
      askedBefore: { clock: 'doubted' },
    });
  });

  test('a lock keeps the memory, a sign-out ends it', async () => {
    const lookup = createTestLookup();
    await lookup.check(unscheduled(await trace(lookup)));
    lookup.clear('lock');
    expect(await lookup.check(unscheduled(await trace(lookup)))).toMatchObject({ kind: 'confirm-repeat' });
    lookup.clear('sign-out');
    expect(await lookup.check(unscheduled(await trace(lookup)))).toMatchObject({ kind: 'found' });
  });

  test('H5: a lost answer counts as sent, and is not repeated by itself', async () => {
    const { lookup, context } = await traced();
    service.answerWith(() => 'hang-up');
    expect(await lookup.check(unscheduled(context))).toMatchObject({
      kind: 'could-not-check',
      retrieval: {
        notification: 'unknown',
        sentence:
          'Tried 14:32. Unscheduled care: the local authority may have been notified of this attendance.',
      },
    });
    expect(unscheduledRequests()).toHaveLength(1);
    expect(await lookup.check(unscheduled(context))).toEqual({
      kind: 'confirm-repeat',
      askedBefore: { at: now.toISOString(), clock: 'services' },
      about: 'this-patient',
    });
  });

  test('a refused request did not notify, so a repeat needs no yes', async () => {
    const { lookup, context } = await traced();
    service.answerWith(() => ({ status: 403, body: operationOutcome('ACCESS_DENIED') }));
    expect(await lookup.check(unscheduled(context))).toMatchObject({
      kind: 'denied',
      retrieval: { notification: 'not-sent' },
    });
    service.answerWith(usual);
    expect(await lookup.check(unscheduled(context))).toMatchObject({ kind: 'found' });
  });

  test('a request that was aborted after sending counts as sent', async () => {
    const { lookup, context } = await traced();
    service.answerWith((received) =>
      received.url.pathname.endsWith('/CareTeam') ? new Promise(() => undefined) : usual(received),
    );
    const lost = lookup.check(unscheduled(context));
    await expect.poll(() => unscheduledRequests().length).toBe(1);
    const again = await trace(lookup);
    expect(await lost).toMatchObject({ kind: 'could-not-check', fault: { kind: 'patient-changed' } });
    expect(await lookup.check(unscheduled(again))).toMatchObject({ kind: 'confirm-repeat' });
    expect(unscheduledRequests()).toHaveLength(1);
  });
});
