import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { makeFault } from '../../shared/fault.ts';
import type { LaunchView } from '../../shared/launch.ts';
import type { TraceOutcome } from '../../shared/outcome.ts';
import type { OpenPatient } from '../clinical/patient-lookup.ts';
import type { PatientContext } from './launch-link.ts';
import { createPendingLaunch, type PendingLaunchDependencies, type Redeemed } from './pending-launch.ts';

const start = Date.UTC(2026, 10, 23, 14, 0);
const minutes = (count: number) => count * 60_000;
const seconds = (time: number) => Math.floor(time / 1_000);

const patient =
  'patient=https://fhir.nhs.uk/Id/nhs-number|9990000018&birthdate=2015-08-14&location=https://fhir.nhs.uk/Id/ods-organization-code|RX1';
const link = (query: string) => `cpis-viewer:launch?${query}`;
const notFound: TraceOutcome = { kind: 'not-found', fault: makeFault('patient-not-found', 'pds') };

const nora = '555036632103';
const omar = '555036632104';

beforeEach(() => vi.useFakeTimers({ now: start }));
afterEach(() => vi.useRealTimers());

function arrange(change: Partial<PendingLaunchDependencies> = {}) {
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

type PendingLaunch = ReturnType<typeof arrange>['launches'];

/** Follows the waiting launch, as the page does. */
async function follow(launches: PendingLaunch): Promise<TraceOutcome> {
  const view = launches.view();
  return launches.follow(view.kind === 'waiting' ? view.id : 'nothing-waits');
}

const refused = { kind: 'could-not-trace', fault: { kind: 'launch-refused' } };

describe('a launch', () => {
  test('waits until it is followed, and is followed once', async () => {
    const { launches, traced, views } = arrange();
    launches.receive(link(patient));
    expect(traced).toEqual([]);
    expect(await follow(launches)).toEqual(notFound);
    expect(traced).toMatchObject([{ nhsNumber: '9990000018', birthDate: '2015-08-14' }]);
    expect(views.map(({ kind }) => kind)).toEqual(['waiting', 'none']);
    expect(await follow(launches)).toMatchObject(refused);
    expect(traced).toHaveLength(1);
  });

  test('tells the page that it waits, and nothing about the patient', () => {
    const { launches, views } = arrange();
    launches.receive(link(patient));
    expect(JSON.stringify(views)).not.toMatch(/9990000018|2015/);
  });

  test('takes the place of an earlier one, whose name then leads nowhere', async () => {
    const { launches, traced } = arrange();
    launches.receive(link(patient));
    const first = launches.view();
    launches.receive(link(patient.replace('9990000018', '9990000026')));
    expect(await launches.follow(first.kind === 'waiting' ? first.id : '')).toMatchObject(refused);
    await follow(launches);
    expect(traced).toMatchObject([{ nhsNumber: '9990000026' }]);
  });

  test('can be dismissed', async () => {
    const { launches, traced } = arrange();
    launches.receive(link(patient));
    launches.dismiss();
    expect(launches.view()).toEqual({ kind: 'none' });
    expect(await follow(launches)).toMatchObject(refused);
    expect(traced).toEqual([]);
  });

  test('that is not understood is refused, and the link is not repeated', () => {
    const { launches } = arrange();
    launches.receive('cpis-viewer:launch?secret=9990000018');
    expect(launches.view()).toMatchObject({ kind: 'refused', fault: { kind: 'launch-refused' } });
    expect(JSON.stringify(launches.view())).not.toContain('9990000018');
  });
});

describe('its time', () => {
  const at = (name: string, time: number) => `&${name}=${seconds(time)}`;

  test.each([
    ['over', at('exp', start - minutes(2))],
    ['not begun', at('nbf', start + minutes(2))],
  ])('%s: refused as it comes', (_name, limit) => {
    const { launches } = arrange();
    launches.receive(link(patient + limit));
    expect(launches.view().kind).toBe('refused');
  });

  test.each([
    ['a clock that is half a minute fast', at('exp', start - 30_000)],
    ['a clock that is half a minute slow', at('nbf', start + 30_000)],
  ])('%s is forgiven', (_name, limit) => {
    const { launches } = arrange();
    launches.receive(link(patient + limit));
    expect(launches.view().kind).toBe('waiting');
  });

  test.each([
    ['its own limit', at('exp', start + minutes(2)), minutes(3)],
    ['three minutes, where it names no limit', '', minutes(3)],
    ['ten minutes, however long it would last', at('exp', start + minutes(600)), minutes(10)],
  ])('while it waits for a sign-in: gone after %s', async (_name, limit, after) => {
    const { launches, traced } = arrange();
    launches.receive(link(patient + limit));
    vi.advanceTimersByTime(after - 1_000);
    expect(launches.view().kind).toBe('waiting');
    vi.advanceTimersByTime(2_000);
    expect(launches.view()).toMatchObject({ kind: 'refused', fault: { kind: 'launch-refused' } });
    await follow(launches);
    expect(traced).toEqual([]);
  });
});

describe('who works in the record system', () => {
  const by = (system: string, value: string) => link(`${patient}&practitioner=${system}|${value}`);
  const sds = 'https://fhir.nhs.uk/Id/sds-user-id';

  test('another person than the one signed in here: refused (H14)', async () => {
    const { launches, traced } = arrange();
    launches.receive(by(sds, '999999999999'));
    expect(await follow(launches)).toMatchObject(refused);
    expect(traced).toEqual([]);
  });

  test.each([
    ['the same person', sds, '555036632103'],
    ['a name of a system that says nothing here', 'https://sider.nhs.uk/auth', 'doctor@nhs.net'],
  ])('%s: followed', async (_name, system, value) => {
    const { launches, traced } = arrange();
    launches.receive(by(system, value));
    await follow(launches);
    expect(traced).toHaveLength(1);
  });
});

const context = {
  nhsNumber: '9990000018',
  birthDate: '2015-08-14',
  practitioner: undefined,
  location: 'RX1',
  notBefore: undefined,
  notAfter: undefined,
} as PatientContext;

describe('a one-time code', () => {
  function redeeming(answer: Redeemed) {
    const codes: unknown[] = [];
    const opened = arrange({
      redeem: async (code) => {
        codes.push(code);
        return answer;
      },
    });
    opened.launches.receive(link('code=Zm9vYmFyYmF6&iss=https://epr.example.nhs.uk'));
    return { ...opened, codes };
  }

  test('is redeemed only when it is followed', async () => {
    const { launches, codes, traced } = redeeming({ kind: 'context', context });
    expect(codes).toEqual([]);
    await follow(launches);
    expect(codes).toEqual([{ kind: 'code', code: 'Zm9vYmFyYmF6', issuer: 'https://epr.example.nhs.uk' }]);
    expect(traced).toEqual([context]);
  });

  test('that cannot be redeemed opens no patient', async () => {
    const fault = makeFault('offline', 'x');
    const { launches, traced } = redeeming({ kind: 'failed', fault });
    expect(await follow(launches)).toEqual({ kind: 'could-not-trace', fault });
    expect(traced).toEqual([]);
  });

  test('whose context is too old opens no patient', async () => {
    const { launches, traced } = redeeming({
      kind: 'context',
      context: { ...context, notAfter: start - minutes(5) },
    });
    expect(await follow(launches)).toMatchObject(refused);
    expect(traced).toEqual([]);
  });
});

describe('whose it is (H14)', () => {
  /** At a workstation where users come and go. */
  function workstation() {
    let [userId, lastUserId]: (string | undefined)[] = [];
    const opened = arrange({ userId: () => userId, lastUserId: () => lastUserId });
    let state: Parameters<PendingLaunch['sessionChanged']>[0] = 'signed-out';
    const change = (after: typeof state): void => {
      const before = state;
      state = after;
      opened.launches.sessionChanged(after, before);
    };
    return {
      ...opened,
      change,
      signedIn(user: string) {
        [userId, lastUserId] = [user, user];
        change('signed-in');
      },
      locked() {
        userId = undefined;
        change('locked');
      },
      signedOut() {
        [userId, lastUserId] = [undefined, undefined];
        change('signed-out');
      },
    };
  }

  test('that came before a sign-in opens for the user of that sign-in', async () => {
    const { launches, change, signedIn, traced } = workstation();
    launches.receive(link(patient));
    change('signing-in');
    change('choosing-role');
    signedIn(nora);
    await follow(launches);
    expect(traced).toHaveLength(1);
  });

  test.each([['signing-in'], ['choosing-role']] as const)(
    'that came before a sign-in which ended at "%s" is gone, and this is said',
    async (last) => {
      const { launches, change, signedOut, signedIn, traced } = workstation();
      launches.receive(link(patient));
      change('signing-in');
      if (last !== 'signing-in') change(last);
      signedOut();
      expect(launches.view()).toMatchObject({ kind: 'refused', fault: { kind: 'launch-refused' } });
      change('signing-in');
      signedIn(omar);
      expect(await follow(launches)).toMatchObject(refused);
      expect(traced).toEqual([]);
    },
  );

  test('that came during a sign-in which was cancelled is gone too', () => {
    const { launches, change, signedOut } = workstation();
    change('signing-in');
    launches.receive(link(patient));
    signedOut();
    expect(launches.view().kind).toBe('refused');
  });

  test('that came to a locked viewer waits for its user, over a cancelled unlock too', async () => {
    const { launches, change, signedIn, locked, traced } = workstation();
    signedIn(nora);
    locked();
    launches.receive(link(patient));
    change('unlocking');
    locked();
    expect(launches.view().kind).toBe('waiting');
    signedIn(nora);
    await follow(launches);
    expect(traced).toHaveLength(1);
  });

  test('H14: that came to a locked viewer does not open for another user', async () => {
    const { launches, signedIn, locked, traced } = workstation();
    signedIn(nora);
    locked();
    launches.receive(link(patient));
    const view = launches.view();
    signedIn(omar);
    expect(launches.view()).toEqual({ kind: 'none' });
    expect(await launches.follow(view.kind === 'waiting' ? view.id : '')).toMatchObject(refused);
    expect(traced).toEqual([]);
  });

  test('is gone with a sign-out', () => {
    const { launches, signedIn, locked, signedOut } = workstation();
    signedIn(nora);
    locked();
    launches.receive(link(patient));
    signedOut();
    expect(launches.view()).toEqual({ kind: 'none' });
  });

  test('has no owner yet, and is dropped when the computer is locked', () => {
    const { launches } = workstation();
    launches.receive(link(patient));
    launches.systemLocked();
    expect(launches.view()).toEqual({ kind: 'none' });
  });

  test('waits three minutes for a sign-in to begin, and ten for it to end', () => {
    const { launches, change } = workstation();
    const lasting = `${patient}&exp=${seconds(start + minutes(60))}`;
    launches.receive(link(lasting));
    vi.advanceTimersByTime(minutes(3) + 1_000);
    expect(launches.view().kind).toBe('refused');
    launches.receive(link(lasting));
    vi.advanceTimersByTime(minutes(2));
    change('signing-in');
    vi.advanceTimersByTime(minutes(7));
    expect(launches.view().kind).toBe('waiting');
    vi.advanceTimersByTime(minutes(2));
    expect(launches.view().kind).toBe('refused');
  });

  test('H14: is too old after a sleep in which no timer ran', async () => {
    const { launches, traced } = arrange();
    launches.receive(link(patient));
    vi.setSystemTime(start + minutes(11));
    expect(await follow(launches)).toMatchObject(refused);
    expect(traced).toEqual([]);
  });

  test.each([
    ['another', omar],
    ['the same', nora],
  ])(
    'H14: is not traced where its code took so long that the user has gone, and %s has come',
    async (_who, next) => {
      let userId: string = nora;
      let answer: (redeemed: Redeemed) => void = () => undefined;
      const redeem = () => new Promise<Redeemed>((resolve) => (answer = resolve));
      const { launches, traced } = arrange({ userId: () => userId, redeem });
      launches.receive(link('code=Zm9vYmFyYmF6'));
      const following = follow(launches);
      launches.sessionChanged('locked', 'signed-in');
      launches.sessionChanged('unlocking', 'locked');
      userId = next;
      launches.sessionChanged('signed-in', 'unlocking');
      answer({ kind: 'context', context });
      expect(await following).toMatchObject(refused);
      expect(traced).toEqual([]);
    },
  );
});

describe('a launch that is being followed', () => {
  test('H3: opens no patient behind a new page, where the page has ended meanwhile', async () => {
    let answer: (redeemed: Redeemed) => void = () => undefined;
    const redeem = () => new Promise<Redeemed>((resolve) => (answer = resolve));
    const { launches, traced } = arrange({ redeem });
    launches.receive(link('code=Zm9vYmFyYmF6'));
    const following = follow(launches);
    launches.pageLost();
    answer({ kind: 'context', context });
    expect(await following).toMatchObject(refused);
    expect(traced).toEqual([]);
  });

  test.each([
    ['a lock', (launches: PendingLaunch) => launches.sessionChanged('locked', 'signed-in')],
    ['the end of the page', (launches: PendingLaunch) => launches.pageLost()],
  ])('does not keep the same link from being followed after %s', async (_name, end) => {
    const { launches } = arrange({ trace: () => new Promise(() => undefined) });
    launches.receive(link(patient));
    void follow(launches);
    end(launches);
    launches.receive(link(patient));
    expect(launches.view().kind).toBe('waiting');
  });
});

describe('for the patient who is open (H3, H5)', () => {
  const open = {
    context: 'shown',
    nhsNumbers: [context.nhsNumber],
    birthDate: context.birthDate,
  } as const satisfies OpenPatient;

  test('nothing happens', () => {
    const { launches, views } = arrange({ openPatient: () => open });
    launches.receive(link(patient));
    expect([launches.view(), views]).toEqual([{ kind: 'none' }, []]);
  });

  test('it waits for a yes where a clinic list has opened the patient, and no one-time link is taken for done', async () => {
    const smart = link('iss=https://record-system.example&launch=opaque');
    for (const sent of [link(patient), smart]) {
      const { launches, traced } = arrange({
        openPatient: () => ({ ...open, isFromList: true }),
        redeem: async () => ({ kind: 'context', context }),
      });
      launches.receive(sent);
      await vi.waitFor(() => expect(launches.view()).toMatchObject({ kind: 'waiting', patient: 'same' }));
      expect(traced).toEqual([]);
      await follow(launches);
      expect(traced).toMatchObject([{ nhsNumber: '9990000018' }]);
    }
  });

  test('H3: nor with another date of birth there', () => {
    const { launches } = arrange({
      openPatient: () => ({ ...open, isFromList: true, birthDate: '2001-01-01' }),
    });
    launches.receive(link(patient));
    expect(launches.view()).toMatchObject({ kind: 'refused' });
  });

  test('nothing happens either where PDS has put another number in its place', () => {
    const other = link(patient.replace('9990000018', '9990000026'));
    const { launches } = arrange({
      openPatient: () => ({ ...open, nhsNumbers: ['9990000026', ...open.nhsNumbers] as never }),
    });
    launches.receive(other);
    expect(launches.view()).toEqual({ kind: 'none' });
  });

  test('a waiting launch for another patient goes', () => {
    const { launches, views } = arrange({ openPatient: () => open });
    launches.receive(link(patient.replace('9990000018', '9990000026')));
    launches.receive(link(patient));
    expect(views).toMatchObject([{ kind: 'waiting', patient: 'other' }, { kind: 'none' }]);
  });

  test('another date of birth is refused at once', () => {
    const { launches } = arrange({ openPatient: () => open });
    launches.receive(link(patient.replace('2015-08-14', '2015-08-15')));
    expect(launches.view()).toMatchObject({
      kind: 'refused',
      fault: { happened: expect.stringContaining('date of birth') },
    });
  });

  test('a link of another person is refused at once', () => {
    const { launches } = arrange({ openPatient: () => open });
    launches.receive(link(`${patient}&practitioner=https://fhir.nhs.uk/Id/sds-user-id|${omar}`));
    expect(launches.view().kind).toBe('refused');
  });

  test('the link whose patient is being traced is not followed twice', async () => {
    let answer: (outcome: TraceOutcome) => void = () => undefined;
    const trace = () => new Promise<TraceOutcome>((resolve) => (answer = resolve));
    const { launches, views } = arrange({ trace });
    launches.receive(link(patient));
    const following = follow(launches);
    launches.receive(link(patient));
    answer(notFound);
    await following;
    expect(views.map(({ kind }) => kind)).toEqual(['waiting', 'none']);
  });

  describe('a code', () => {
    const code = link('code=Zm9vYmFyYmF6');
    const redeem = vi.fn(async (): Promise<Redeemed> => ({ kind: 'context', context }));
    beforeEach(() => void redeem.mockClear());

    test('is redeemed at once, and nothing happens', async () => {
      const { launches, views } = arrange({ openPatient: () => open, redeem });
      launches.receive(code);
      await vi.waitFor(() => expect(redeem).toHaveBeenCalledOnce());
      expect([launches.view(), views]).toEqual([{ kind: 'none' }, []]);
    });

    test('that comes twice is redeemed once', async () => {
      const { launches } = arrange({ openPatient: () => open, redeem });
      launches.receive(code);
      launches.receive(code);
      await vi.advanceTimersByTimeAsync(1);
      launches.receive(code);
      expect(redeem).toHaveBeenCalledOnce();
      expect(launches.view()).toEqual({ kind: 'none' });
    });

    test('for another patient waits, and is not redeemed again', async () => {
      const other = { ...context, nhsNumber: '9990000026' } as PatientContext;
      redeem.mockResolvedValueOnce({ kind: 'context', context: other });
      const { launches, traced } = arrange({ openPatient: () => open, redeem });
      launches.receive(code);
      await vi.advanceTimersByTimeAsync(1);
      expect(launches.view().kind).toBe('waiting');
      await follow(launches);
      expect(traced).toEqual([other]);
      expect(redeem).toHaveBeenCalledOnce();
    });

    test('that takes its time is said, for the patient on the screen may be another', async () => {
      let answer: (redeemed: Redeemed) => void = () => undefined;
      redeem.mockImplementationOnce(() => new Promise((resolve) => (answer = resolve)));
      const { launches, views } = arrange({ openPatient: () => open, redeem });
      launches.receive(code);
      expect(launches.view()).toEqual({ kind: 'none' });
      vi.advanceTimersByTime(1_000);
      expect(launches.view()).toEqual({ kind: 'redeeming' });
      answer({ kind: 'context', context });
      await vi.advanceTimersByTimeAsync(1);
      expect(views.map(({ kind }) => kind)).toEqual(['redeeming', 'none']);
    });

    test('that was dismissed while it took its time leads nowhere', async () => {
      const other = { ...context, nhsNumber: '9990000026' } as PatientContext;
      redeem.mockResolvedValueOnce({ kind: 'context', context: other });
      const { launches } = arrange({ openPatient: () => open, redeem });
      launches.receive(code);
      launches.dismiss();
      await vi.advanceTimersByTimeAsync(1);
      expect(launches.view()).toEqual({ kind: 'none' });
    });

    test('whose user locks meanwhile leads nowhere', async () => {
      const { launches, views } = arrange({ openPatient: () => open, redeem });
      launches.receive(code);
      launches.sessionChanged('locked', 'signed-in');
      await vi.advanceTimersByTimeAsync(1);
      expect(views).toEqual([]);
    });
  });
});

describe('a SMART launch', () => {
  const smart = link('iss=https://ehr.example/fhir&launch=abc');
  const open = {
    context: 'shown',
    nhsNumbers: [context.nhsNumber],
    birthDate: context.birthDate,
  } as const satisfies OpenPatient;

  test('is redeemed only when it is followed, without a date of birth where none is named', async () => {
    const nameless = { ...context, birthDate: undefined } as PatientContext;
    const redeem = vi.fn(async (): Promise<Redeemed> => ({ kind: 'context', context: nameless }));
    const { launches, traced } = arrange({ redeem, codesOnly: true });
    launches.receive(smart);
    expect(redeem).not.toHaveBeenCalled();
    await follow(launches);
    const expected = { kind: 'smart', iss: 'https://ehr.example/fhir', launch: 'abc' };
    expect(redeem).toHaveBeenCalledWith(expected, expect.any(AbortSignal));
    expect(traced).toEqual([nameless]);
  });

  test('for the patient who is open: nothing happens, with a date of birth or without', async () => {
    for (const birthDate of [context.birthDate, undefined]) {
      const redeem = async (): Promise<Redeemed> => ({ kind: 'context', context: { ...context, birthDate } });
      const { launches } = arrange({ openPatient: () => open, redeem });
      launches.receive(smart);
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
    const { launches, traced } = arrange({ redeem });
    launches.receive(smart);
    expect(await follow(launches)).toMatchObject({
      fault: { happened: expect.stringContaining('Someone else is signed in to the record system') },
    });
    expect(traced).toEqual([]);
  });

  /** Each redemption ends when the test says so. */
  function slow() {
    const answers: ((redeemed: Redeemed) => void)[] = [];
    const signals: AbortSignal[] = [];
    const redeem = (_link: unknown, signal: AbortSignal) => {
      signals.push(signal);
      return new Promise<Redeemed>((resolve) => answers.push(resolve));
    };
    return { answers, signals, redeem };
  }

  test('H3: a later link takes the place of an earlier one, and closes its page', async () => {
    const { answers, signals, redeem } = slow();
    const { launches, traced } = arrange({ redeem });
    launches.receive(smart);
    const first = follow(launches);
    launches.receive(smart.replace('abc', 'def'));
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
    const { answers, redeem } = slow();
    let openPatient: OpenPatient | undefined;
    const { launches, traced } = arrange({ redeem, openPatient: () => openPatient });
    launches.receive(smart);
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
    const signals: AbortSignal[] = [];
    const redeem = (_link: unknown, signal: AbortSignal) => {
      signals.push(signal);
      return new Promise<Redeemed>(() => undefined);
    };
    const { launches } = arrange({ redeem });
    launches.receive(smart);
    void follow(launches);
    end(launches);
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  });

  test.each([
    ['a lock', endings[0]?.[1]],
    ['"Stay with this patient"', (launches: PendingLaunch) => launches.dismiss()],
    ['another link', (launches: PendingLaunch) => launches.receive(link(patient))],
  ])('over an open patient its page closes with %s', async (_what, end) => {
    const signals: AbortSignal[] = [];
    const redeem = (_link: unknown, signal: AbortSignal) => {
      signals.push(signal);
      return new Promise<Redeemed>(() => undefined);
    };
    const { launches } = arrange({ openPatient: () => open, redeem });
    launches.receive(smart);
    end?.(launches);
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  });
});

describe('where the site follows one-time codes only', () => {
  test('a link with the patient in it is refused, in words', () => {
    const { launches } = arrange({ codesOnly: true });
    launches.receive(link(patient));
    expect(launches.view()).toMatchObject({
      kind: 'refused',
      fault: { happened: expect.stringContaining('one-time launch codes') },
    });
  });

  test('a code is followed', () => {
    const { launches } = arrange({ codesOnly: true });
    launches.receive(link('code=Zm9vYmFyYmF6'));
    expect(launches.view().kind).toBe('waiting');
  });
});
