/** A launch that comes while a patient is open (H3, H5). */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { TraceOutcome } from '../../shared/outcome.ts';
import type { PatientContext } from './launch-link.ts';
import type { Redeemed } from './pending-launch.ts';
import {
  type arrange,
  context,
  follow,
  link,
  notFound,
  omar,
  open,
  patient,
  received,
  start,
} from './testing/arrange.ts';

const overOpen = (query: string, change: Parameters<typeof arrange>[0] = {}) =>
  received(query, { openPatient: () => open, ...change });
const patientOfOther = patient.replace('9990000018', '9990000026');

beforeEach(() => vi.useFakeTimers({ now: start }));
afterEach(() => vi.useRealTimers());

describe('for the patient who is open (H3, H5)', () => {
  test('nothing happens', () => {
    const { launches, views } = overOpen(patient);
    expect([launches.view(), views]).toEqual([{ kind: 'none' }, []]);
  });

  test('it waits for a yes where a clinic list has opened the patient, and no one-time link is taken for done', async () => {
    for (const sent of [patient, 'iss=https://record-system.example&launch=opaque']) {
      const { launches, traced } = received(sent, {
        openPatient: () => ({ ...open, isFromList: true }),
        redeem: async () => ({ kind: 'context', context }),
      });
      await vi.waitFor(() => expect(launches.view()).toMatchObject({ kind: 'waiting', patient: 'same' }));
      expect(traced).toEqual([]);
      await follow(launches);
      expect(traced).toMatchObject([{ nhsNumber: '9990000018' }]);
    }
  });

  test('H3: nor with another date of birth there', () => {
    const { launches } = received(patient, {
      openPatient: () => ({ ...open, isFromList: true, birthDate: '2001-01-01' }),
    });
    expect(launches.view()).toMatchObject({ kind: 'refused' });
  });

  test('nothing happens either where PDS has put another number in its place', () => {
    const { launches } = overOpen(patientOfOther, {
      openPatient: () => ({ ...open, nhsNumbers: ['9990000026', ...open.nhsNumbers] as never }),
    });
    expect(launches.view()).toEqual({ kind: 'none' });
  });

  test('a waiting launch for another patient goes', () => {
    const { launches, views } = overOpen(patientOfOther);
    launches.receive(link(patient));
    expect(views).toMatchObject([{ kind: 'waiting', patient: 'other' }, { kind: 'none' }]);
  });

  test('another date of birth is refused at once', () => {
    const { launches } = overOpen(patient.replace('2015-08-14', '2015-08-15'));
    expect(launches.view()).toMatchObject({
      kind: 'refused',
      fault: { happened: expect.stringContaining('date of birth') },
    });
  });

  test('a link of another person is refused at once', () => {
    const { launches } = received(`${patient}&practitioner=https://fhir.nhs.uk/Id/sds-user-id|${omar}`, {
      openPatient: () => open,
    });
    expect(launches.view().kind).toBe('refused');
  });

  test('the link whose patient is being traced is not followed twice', async () => {
    const trace = Promise.withResolvers<TraceOutcome>();
    const { launches, views } = received(patient, { trace: () => trace.promise });
    const following = follow(launches);
    launches.receive(link(patient));
    trace.resolve(notFound);
    await following;
    expect(views.map(({ kind }) => kind)).toEqual(['waiting', 'none']);
  });

  describe('a code', () => {
    const code = 'code=Zm9vYmFyYmF6';
    const other = { ...context, nhsNumber: '9990000026' } as PatientContext;
    const redeem = vi.fn(async (): Promise<Redeemed> => ({ kind: 'context', context }));
    beforeEach(() => void redeem.mockClear());

    test('is redeemed at once, and nothing happens', async () => {
      const { launches, views } = overOpen(code, { redeem });
      await vi.waitFor(() => expect(redeem).toHaveBeenCalledOnce());
      expect([launches.view(), views]).toEqual([{ kind: 'none' }, []]);
    });

    test('that comes twice is redeemed once', async () => {
      const { launches } = overOpen(code, { redeem });
      launches.receive(link(code));
      await vi.advanceTimersByTimeAsync(1);
      launches.receive(link(code));
      expect(redeem).toHaveBeenCalledOnce();
      expect(launches.view()).toEqual({ kind: 'none' });
    });

    test('for another patient waits, and is not redeemed again', async () => {
      redeem.mockResolvedValueOnce({ kind: 'context', context: other });
      const { launches, traced } = overOpen(code, { redeem });
      await vi.advanceTimersByTimeAsync(1);
      expect(launches.view().kind).toBe('waiting');
      await follow(launches);
      expect(traced).toEqual([other]);
      expect(redeem).toHaveBeenCalledOnce();
    });

    test('that takes its time is said, for the patient on the screen may be another', async () => {
      const redeemed = Promise.withResolvers<Redeemed>();
      redeem.mockReturnValueOnce(redeemed.promise);
      const { launches, views } = overOpen(code, { redeem });
      expect(launches.view()).toEqual({ kind: 'none' });
      vi.advanceTimersByTime(1_000);
      expect(launches.view()).toEqual({ kind: 'redeeming' });
      redeemed.resolve({ kind: 'context', context });
      await vi.advanceTimersByTimeAsync(1);
      expect(views.map(({ kind }) => kind)).toEqual(['redeeming', 'none']);
    });

    test('that was dismissed while it took its time leads nowhere', async () => {
      redeem.mockResolvedValueOnce({ kind: 'context', context: other });
      const { launches } = overOpen(code, { redeem });
      launches.dismiss();
      await vi.advanceTimersByTimeAsync(1);
      expect(launches.view()).toEqual({ kind: 'none' });
    });

    test('whose user locks meanwhile leads nowhere', async () => {
      const { launches, views } = overOpen(code, { redeem });
      launches.sessionChanged('locked', 'signed-in');
      await vi.advanceTimersByTimeAsync(1);
      expect(views).toEqual([]);
    });
  });
});
