/** A SMART launch that waits: its redemption opens a page of the record system. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { OpenPatient } from '../clinical/patient-lookup.ts';
import type { PatientContext } from './launch-link.ts';
import type { Redeemed } from './pending-launch.ts';
import {
  context,
  follow,
  link,
  omar,
  open,
  type PendingLaunch,
  patient,
  received,
  slowRedemptions,
  start,
} from './testing/arrange.ts';

beforeEach(() => vi.useFakeTimers({ now: start }));
afterEach(() => vi.useRealTimers());

describe('a SMART launch', () => {
  const smart = 'iss=https://ehr.example/fhir&launch=abc';

  test('is redeemed only when it is followed, without a date of birth where none is named', async () => {
    const nameless = { ...context, birthDate: undefined } as PatientContext;
    const redeem = vi.fn(async (): Promise<Redeemed> => ({ kind: 'context', context: nameless }));
    const { launches, traced } = received(smart, { redeem, codesOnly: true });
    expect(redeem).not.toHaveBeenCalled();
    await follow(launches);
    const expected = { kind: 'smart', iss: 'https://ehr.example/fhir', launch: 'abc' };
    expect(redeem).toHaveBeenCalledWith(expected, expect.any(AbortSignal));
    expect(traced).toEqual([nameless]);
  });

  test('for the patient who is open: nothing happens, with a date of birth or without', async () => {
    for (const birthDate of [context.birthDate, undefined]) {
      const redeem = async (): Promise<Redeemed> => ({ kind: 'context', context: { ...context, birthDate } });
      const { launches } = received(smart, { openPatient: () => open, redeem });
      await vi.advanceTimersByTimeAsync(1);
      expect(launches.view()).toEqual({ kind: 'none' });
    }
  });

  test('H14: of another user of the record system is refused', async () => {
    const practitioner = { system: 'https://fhir.nhs.uk/Id/sds-user-id', value: omar };
    const redeem = async (): Promise<Redeemed> => ({
      kind: 'context',
      context: { ...context, practitioner },
    });
    const { launches, traced } = received(smart, { redeem });
    expect(await follow(launches)).toMatchObject({
      fault: { happened: expect.stringContaining('Someone else is signed in to the record system') },
    });
    expect(traced).toEqual([]);
  });

  test('H3: a later link takes the place of an earlier one, and closes its page', async () => {
    const { answers, signals, redeem } = slowRedemptions();
    const { launches, traced } = received(smart, { redeem });
    const first = follow(launches);
    launches.receive(link(smart.replace('abc', 'def')));
    const second = follow(launches);
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, false]);
    const other = { ...context, nhsNumber: '9990000026' } as PatientContext;
    answers[1]?.({ kind: 'context', context: other });
    await second;
    answers[0]?.({ kind: 'context', context });
    expect(await first).toMatchObject({ fault: { kind: 'patient-changed' } });
    expect(traced).toEqual([other]);
  });

  test('H3: whose redemption outlasts the finding of another patient asks before it closes that one', async () => {
    const { answers, redeem } = slowRedemptions();
    let openPatient: OpenPatient | undefined;
    const { launches, traced } = received(smart, { redeem, openPatient: () => openPatient });
    const following = follow(launches);
    openPatient = { ...open, nhsNumbers: ['9990000026'] as never };
    answers[0]?.({ kind: 'context', context });
    expect(await following).toMatchObject({ fault: { kind: 'patient-changed' } });
    expect([launches.view().kind, traced]).toEqual(['waiting', []]);
  });

  const endings: readonly (readonly [string, (launches: PendingLaunch) => void])[] = [
    ['a lock', (launches) => launches.sessionChanged('locked', 'signed-in')],
    ['the end of the page', (launches) => launches.pageLost()],
  ];

  test.each(endings)('H14: its page closes with %s', async (_what, end) => {
    const { signals, redeem } = slowRedemptions();
    const { launches } = received(smart, { redeem });
    void follow(launches);
    end(launches);
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  });

  test.each([
    ['a lock', endings[0]?.[1]],
    ['"Stay with this patient"', (launches: PendingLaunch) => launches.dismiss()],
    ['another link', (launches: PendingLaunch) => launches.receive(link(patient))],
  ])('over an open patient its page closes with %s', async (_what, end) => {
    const { signals, redeem } = slowRedemptions();
    const { launches } = received(smart, { openPatient: () => open, redeem });
    end?.(launches);
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  });
});
