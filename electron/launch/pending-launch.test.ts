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

const patient = 'patient=https://fhir.nhs.uk/Id/nhs-number|9990000018&birthdate=2015-08-14';
const link = (query: string) => `cpis-viewer:launch?${query}`;
const notFound: TraceOutcome = { kind: 'not-found', fault: makeFault('patient-not-found', 'pds') };

const nora = '555036632103';
const omar = '555036632104';

beforeEach(() => vi.useFakeTimers({ now: start }));
afterEach(() => vi.useRealTimers());

function openDesk(change: Partial<PendingLaunchDependencies> = {}) {
  const traced: PatientContext[] = [];
  const views: LaunchView[] = [];
  let ids = 0;
  const desk = createPendingLaunch({
    now: Date.now,
    newId: () => `id-${++ids}`,
    userId: () => nora,
    lastUserId: () => nora,
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
  return { desk, traced, views };
}

type Desk = ReturnType<typeof openDesk>['desk'];

/** Follows what waits, as the page does. */
async function follow(desk: Desk): Promise<TraceOutcome> {
  const view = desk.view();
  return desk.follow(view.kind === 'waiting' ? view.id : 'nothing-waits');
}

const refused = { kind: 'could-not-trace', fault: { kind: 'launch-refused' } };

describe('a launch', () => {
  test('waits until it is followed, and is followed once', async () => {
    const { desk, traced, views } = openDesk();
    desk.receive(link(patient));
    expect(traced).toEqual([]);
    expect(await follow(desk)).toEqual(notFound);
    expect(traced).toMatchObject([{ nhsNumber: '9990000018', birthDate: '2015-08-14' }]);
    expect(views.map(({ kind }) => kind)).toEqual(['waiting', 'none']);
    expect(await follow(desk)).toMatchObject(refused);
    expect(traced).toHaveLength(1);
  });

  test('says to the page that it waits, and nothing of whom it is about', () => {
    const { desk, views } = openDesk();
    desk.receive(link(patient));
    expect(JSON.stringify(views)).not.toMatch(/9990000018|2015/);
  });

  test('takes the place of an earlier one, whose name then leads nowhere', async () => {
    const { desk, traced } = openDesk();
    desk.receive(link(patient));
    const first = desk.view();
    desk.receive(link(patient.replace('9990000018', '9990000026')));
    expect(await desk.follow(first.kind === 'waiting' ? first.id : '')).toMatchObject(refused);
    await follow(desk);
    expect(traced).toMatchObject([{ nhsNumber: '9990000026' }]);
  });

  test('can be dismissed', async () => {
    const { desk, traced } = openDesk();
    desk.receive(link(patient));
    desk.dismiss();
    expect(desk.view()).toEqual({ kind: 'none' });
    expect(await follow(desk)).toMatchObject(refused);
    expect(traced).toEqual([]);
  });

  test('that is not understood is refused, and the link is not repeated', () => {
    const { desk } = openDesk();
    desk.receive('cpis-viewer:launch?secret=9990000018');
    expect(desk.view()).toMatchObject({ kind: 'refused', fault: { kind: 'launch-refused' } });
    expect(JSON.stringify(desk.view())).not.toContain('9990000018');
  });
});

describe('its time', () => {
  const at = (name: string, time: number) => `&${name}=${seconds(time)}`;

  test.each([
    ['over', at('exp', start - minutes(2))],
    ['not begun', at('nbf', start + minutes(2))],
  ])('%s: refused as it comes', (_name, limit) => {
    const { desk } = openDesk();
    desk.receive(link(patient + limit));
    expect(desk.view().kind).toBe('refused');
  });

  test.each([
    ['a clock that is half a minute fast', at('exp', start - 30_000)],
    ['a clock that is half a minute slow', at('nbf', start + 30_000)],
  ])('%s is forgiven', (_name, limit) => {
    const { desk } = openDesk();
    desk.receive(link(patient + limit));
    expect(desk.view().kind).toBe('waiting');
  });

  test.each([
    ['its own limit', at('exp', start + minutes(2)), minutes(3)],
    ['ten minutes', '', minutes(10)],
    ['ten minutes, however long it would last', at('exp', start + minutes(600)), minutes(10)],
  ])('while it waits for a sign-in: gone after %s', async (_name, limit, after) => {
    const { desk, traced } = openDesk();
    desk.receive(link(patient + limit));
    vi.advanceTimersByTime(after - 1_000);
    expect(desk.view().kind).toBe('waiting');
    vi.advanceTimersByTime(2_000);
    expect(desk.view()).toMatchObject({ kind: 'refused', fault: { kind: 'launch-refused' } });
    await follow(desk);
    expect(traced).toEqual([]);
  });
});

describe('who works in the record system', () => {
  const by = (system: string, value: string) => link(`${patient}&practitioner=${system}|${value}`);
  const sds = 'https://fhir.nhs.uk/Id/sds-user-id';

  test('another person than the one signed in here: refused (H14)', async () => {
    const { desk, traced } = openDesk();
    desk.receive(by(sds, '999999999999'));
    expect(await follow(desk)).toMatchObject(refused);
    expect(traced).toEqual([]);
  });

  test.each([
    ['the same person', sds, '555036632103'],
    ['a name of a system that says nothing here', 'https://sider.nhs.uk/auth', 'doctor@nhs.net'],
  ])('%s: followed', async (_name, system, value) => {
    const { desk, traced } = openDesk();
    desk.receive(by(system, value));
    await follow(desk);
    expect(traced).toHaveLength(1);
  });
});

const context = {
  nhsNumber: '9990000018',
  birthDate: '2015-08-14',
  practitioner: undefined,
  notBefore: undefined,
  notAfter: undefined,
} as PatientContext;

describe('a one-time code', () => {
  function redeeming(answer: Redeemed) {
    const codes: unknown[][] = [];
    const opened = openDesk({
      redeem: async (...code) => {
        codes.push(code);
        return answer;
      },
    });
    opened.desk.receive(link('code=Zm9vYmFyYmF6&iss=https://epr.example.nhs.uk'));
    return { ...opened, codes };
  }

  test('is redeemed only when it is followed', async () => {
    const { desk, codes, traced } = redeeming({ kind: 'context', context });
    expect(codes).toEqual([]);
    await follow(desk);
    expect(codes).toEqual([['Zm9vYmFyYmF6', 'https://epr.example.nhs.uk']]);
    expect(traced).toEqual([context]);
  });

  test('that cannot be redeemed leads to nobody', async () => {
    const fault = makeFault('offline', 'x');
    const { desk, traced } = redeeming({ kind: 'failed', fault });
    expect(await follow(desk)).toEqual({ kind: 'could-not-trace', fault });
    expect(traced).toEqual([]);
  });

  test('whose context is too old leads to nobody', async () => {
    const { desk, traced } = redeeming({
      kind: 'context',
      context: { ...context, notAfter: start - minutes(5) },
    });
    expect(await follow(desk)).toMatchObject(refused);
    expect(traced).toEqual([]);
  });
});

describe('whose it is (H14)', () => {
  /** At a workstation where users come and go. */
  function workstation() {
    let [userId, lastUserId]: (string | undefined)[] = [];
    const opened = openDesk({ userId: () => userId, lastUserId: () => lastUserId });
    let state: Parameters<Desk['sessionChanged']>[0] = 'signed-out';
    const change = (after: typeof state): void => {
      const before = state;
      state = after;
      opened.desk.sessionChanged(after, before);
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
    const { desk, change, signedIn, traced } = workstation();
    desk.receive(link(patient));
    change('signing-in');
    change('choosing-role');
    signedIn(nora);
    await follow(desk);
    expect(traced).toHaveLength(1);
  });

  test.each([['signing-in'], ['choosing-role']] as const)(
    'that came before a sign-in which ended at "%s" is gone, and this is said',
    async (last) => {
      const { desk, change, signedOut, signedIn, traced } = workstation();
      desk.receive(link(patient));
      change('signing-in');
      if (last !== 'signing-in') change(last);
      signedOut();
      expect(desk.view()).toMatchObject({ kind: 'refused', fault: { kind: 'launch-refused' } });
      change('signing-in');
      signedIn(omar);
      expect(await follow(desk)).toMatchObject(refused);
      expect(traced).toEqual([]);
    },
  );

  test('that came during a sign-in which was cancelled is gone too', () => {
    const { desk, change, signedOut } = workstation();
    change('signing-in');
    desk.receive(link(patient));
    signedOut();
    expect(desk.view().kind).toBe('refused');
  });

  test('that came to a locked viewer waits for its user, over a cancelled unlock too', async () => {
    const { desk, change, signedIn, locked, traced } = workstation();
    signedIn(nora);
    locked();
    desk.receive(link(patient));
    change('unlocking');
    locked();
    expect(desk.view().kind).toBe('waiting');
    signedIn(nora);
    await follow(desk);
    expect(traced).toHaveLength(1);
  });

  test('H14: that came to a locked viewer does not open for another user', async () => {
    const { desk, signedIn, locked, traced } = workstation();
    signedIn(nora);
    locked();
    desk.receive(link(patient));
    const view = desk.view();
    signedIn(omar);
    expect(desk.view()).toEqual({ kind: 'none' });
    expect(await desk.follow(view.kind === 'waiting' ? view.id : '')).toMatchObject(refused);
    expect(traced).toEqual([]);
  });

  test('is gone with a sign-out', () => {
    const { desk, signedIn, locked, signedOut } = workstation();
    signedIn(nora);
    locked();
    desk.receive(link(patient));
    signedOut();
    expect(desk.view()).toEqual({ kind: 'none' });
  });

  test('belongs to nobody yet, and is gone when the computer is locked', () => {
    const { desk } = workstation();
    desk.receive(link(patient));
    desk.systemLocked();
    expect(desk.view()).toEqual({ kind: 'none' });
  });

  test('waits three minutes for a sign-in to begin, and ten for it to end', () => {
    const { desk, change } = workstation();
    desk.receive(link(patient));
    vi.advanceTimersByTime(minutes(3) + 1_000);
    expect(desk.view().kind).toBe('refused');
    desk.receive(link(patient));
    vi.advanceTimersByTime(minutes(2));
    change('signing-in');
    vi.advanceTimersByTime(minutes(7));
    expect(desk.view().kind).toBe('waiting');
    vi.advanceTimersByTime(minutes(2));
    expect(desk.view().kind).toBe('refused');
  });

  test('H14: is too old after a sleep in which no timer ran', async () => {
    const { desk, traced } = openDesk();
    desk.receive(link(patient));
    vi.setSystemTime(start + minutes(11));
    expect(await follow(desk)).toMatchObject(refused);
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
      const { desk, traced } = openDesk({ userId: () => userId, redeem });
      desk.receive(link('code=Zm9vYmFyYmF6'));
      const following = follow(desk);
      desk.sessionChanged('locked', 'signed-in');
      desk.sessionChanged('unlocking', 'locked');
      userId = next;
      desk.sessionChanged('signed-in', 'unlocking');
      answer({ kind: 'context', context });
      expect(await following).toMatchObject(refused);
      expect(traced).toEqual([]);
    },
  );
});

describe('a launch that is being followed', () => {
  test('H3: opens nobody behind a new page, where the page has ended meanwhile', async () => {
    let answer: (redeemed: Redeemed) => void = () => undefined;
    const redeem = () => new Promise<Redeemed>((resolve) => (answer = resolve));
    const { desk, traced } = openDesk({ redeem });
    desk.receive(link('code=Zm9vYmFyYmF6'));
    const following = follow(desk);
    desk.pageLost();
    answer({ kind: 'context', context });
    expect(await following).toMatchObject(refused);
    expect(traced).toEqual([]);
  });

  test.each([
    ['a lock', (desk: Desk) => desk.sessionChanged('locked', 'signed-in')],
    ['the end of the page', (desk: Desk) => desk.pageLost()],
  ])('does not keep the same link from being followed after %s', async (_name, end) => {
    const { desk } = openDesk({ trace: () => new Promise(() => undefined) });
    desk.receive(link(patient));
    void follow(desk);
    end(desk);
    desk.receive(link(patient));
    expect(desk.view().kind).toBe('waiting');
  });
});

describe('for the patient who is open (H3, H5)', () => {
  const open = {
    context: 'shown',
    nhsNumbers: [context.nhsNumber],
    birthDate: context.birthDate,
  } as const satisfies OpenPatient;

  test('nothing happens', () => {
    const { desk, views } = openDesk({ openPatient: () => open });
    desk.receive(link(patient));
    expect([desk.view(), views]).toEqual([{ kind: 'none' }, []]);
  });

  test('nothing happens either where PDS has put another number in its place', () => {
    const other = link(patient.replace('9990000018', '9990000026'));
    const { desk } = openDesk({
      openPatient: () => ({ ...open, nhsNumbers: ['9990000026', ...open.nhsNumbers] as never }),
    });
    desk.receive(other);
    expect(desk.view()).toEqual({ kind: 'none' });
  });

  test('a question about another patient goes', () => {
    const { desk, views } = openDesk({ openPatient: () => open });
    desk.receive(link(patient.replace('9990000018', '9990000026')));
    desk.receive(link(patient));
    expect(views.map(({ kind }) => kind)).toEqual(['waiting', 'none']);
  });

  test('another date of birth is refused, without a question', () => {
    const { desk } = openDesk({ openPatient: () => open });
    desk.receive(link(patient.replace('2015-08-14', '2015-08-15')));
    expect(desk.view()).toMatchObject({
      kind: 'refused',
      fault: { happened: expect.stringContaining('date of birth') },
    });
  });

  test('a link of another person is refused, without a question', () => {
    const { desk } = openDesk({ openPatient: () => open });
    desk.receive(link(`${patient}&practitioner=https://fhir.nhs.uk/Id/sds-user-id|${omar}`));
    expect(desk.view().kind).toBe('refused');
  });

  test('the link whose patient is being traced is not followed twice', async () => {
    let answer: (outcome: TraceOutcome) => void = () => undefined;
    const trace = () => new Promise<TraceOutcome>((resolve) => (answer = resolve));
    const { desk, views } = openDesk({ trace });
    desk.receive(link(patient));
    const following = follow(desk);
    desk.receive(link(patient));
    answer(notFound);
    await following;
    expect(views.map(({ kind }) => kind)).toEqual(['waiting', 'none']);
  });

  describe('a code', () => {
    const code = link('code=Zm9vYmFyYmF6');
    const redeem = vi.fn(async (): Promise<Redeemed> => ({ kind: 'context', context }));
    beforeEach(() => void redeem.mockClear());

    test('is redeemed at once, and nothing happens', async () => {
      const { desk, views } = openDesk({ openPatient: () => open, redeem });
      desk.receive(code);
      await vi.waitFor(() => expect(redeem).toHaveBeenCalledOnce());
      expect([desk.view(), views]).toEqual([{ kind: 'none' }, []]);
    });

    test('that comes twice is redeemed once', async () => {
      const { desk } = openDesk({ openPatient: () => open, redeem });
      desk.receive(code);
      desk.receive(code);
      await vi.advanceTimersByTimeAsync(1);
      desk.receive(code);
      expect(redeem).toHaveBeenCalledOnce();
      expect(desk.view()).toEqual({ kind: 'none' });
    });

    test('for another patient waits, and is not redeemed again', async () => {
      const other = { ...context, nhsNumber: '9990000026' } as PatientContext;
      redeem.mockResolvedValueOnce({ kind: 'context', context: other });
      const { desk, traced } = openDesk({ openPatient: () => open, redeem });
      desk.receive(code);
      await vi.advanceTimersByTimeAsync(1);
      expect(desk.view().kind).toBe('waiting');
      await follow(desk);
      expect(traced).toEqual([other]);
      expect(redeem).toHaveBeenCalledOnce();
    });

    test('that takes its time is said, for the patient on the screen may be another', async () => {
      let answer: (redeemed: Redeemed) => void = () => undefined;
      redeem.mockImplementationOnce(() => new Promise((resolve) => (answer = resolve)));
      const { desk, views } = openDesk({ openPatient: () => open, redeem });
      desk.receive(code);
      expect(desk.view()).toEqual({ kind: 'none' });
      vi.advanceTimersByTime(1_000);
      expect(desk.view()).toEqual({ kind: 'redeeming' });
      answer({ kind: 'context', context });
      await vi.advanceTimersByTimeAsync(1);
      expect(views.map(({ kind }) => kind)).toEqual(['redeeming', 'none']);
    });

    test('that was dismissed while it took its time leads nowhere', async () => {
      const other = { ...context, nhsNumber: '9990000026' } as PatientContext;
      redeem.mockResolvedValueOnce({ kind: 'context', context: other });
      const { desk } = openDesk({ openPatient: () => open, redeem });
      desk.receive(code);
      desk.dismiss();
      await vi.advanceTimersByTimeAsync(1);
      expect(desk.view()).toEqual({ kind: 'none' });
    });

    test('whose user locks meanwhile leads nowhere', async () => {
      const { desk, views } = openDesk({ openPatient: () => open, redeem });
      desk.receive(code);
      desk.sessionChanged('locked', 'signed-in');
      await vi.advanceTimersByTimeAsync(1);
      expect(views).toEqual([]);
    });
  });
});

describe('where the site follows one-time codes only', () => {
  test('a link with the patient in it is refused, in words', () => {
    const { desk } = openDesk({ codesOnly: true });
    desk.receive(link(patient));
    expect(desk.view()).toMatchObject({
      kind: 'refused',
      fault: { happened: expect.stringContaining('one-time launch codes') },
    });
  });

  test('a code is followed', () => {
    const { desk } = openDesk({ codesOnly: true });
    desk.receive(link('code=Zm9vYmFyYmF6'));
    expect(desk.view().kind).toBe('waiting');
  });
});
