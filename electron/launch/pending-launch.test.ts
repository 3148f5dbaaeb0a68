import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { makeFault } from '../../shared/fault.ts';
import type { OpenPatient } from '../clinical/patient-lookup.ts';
import type { Redeemed } from './pending-launch.ts';
import {
  arrange,
  context,
  expectRefused,
  follow,
  link,
  minutes,
  nora,
  notFound,
  omar,
  open,
  type PendingLaunch,
  patient,
  received,
  refused,
  seconds,
  start,
} from './testing/arrange.ts';

beforeEach(() => vi.useFakeTimers({ now: start }));
afterEach(() => vi.useRealTimers());

describe('a launch', () => {
  test('waits until it is followed, and is followed once', async () => {
    const { launches, traced, views } = received(patient);
    expect(traced).toEqual([]);
    expect(await follow(launches)).toEqual(notFound);
    expect(traced).toMatchObject([{ nhsNumber: '9990000018', birthDate: '2015-08-14' }]);
    expect(views.map(({ kind }) => kind)).toEqual(['waiting', 'none']);
    expect(await follow(launches)).toMatchObject(refused);
    expect(traced).toHaveLength(1);
  });

  test('tells the page that it waits, and nothing about the patient', () => {
    const { views } = received(patient);
    expect(JSON.stringify(views)).not.toMatch(/9990000018|2015/);
  });

  test('takes the place of an earlier one, whose name then leads nowhere', async () => {
    const { launches, traced } = received(patient);
    const first = launches.view();
    launches.receive(link(patient.replace('9990000018', '9990000026')));
    expect(await launches.follow(first.kind === 'waiting' ? first.id : '')).toMatchObject(refused);
    await follow(launches);
    expect(traced).toMatchObject([{ nhsNumber: '9990000026' }]);
  });

  test('can be dismissed', async () => {
    const { launches, traced } = received(patient);
    launches.dismiss();
    expect(launches.view()).toEqual({ kind: 'none' });
    await expectRefused({ launches, traced });
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
    ['over: refused as it comes', at('exp', start - minutes(2)), 'refused'],
    ['not begun: refused as it comes', at('nbf', start + minutes(2)), 'refused'],
    ['a clock that is half a minute fast is forgiven', at('exp', start - 30_000), 'waiting'],
    ['a clock that is half a minute slow is forgiven', at('nbf', start + 30_000), 'waiting'],
  ])('%s', (_name, limit, kind) => {
    const { launches } = received(patient + limit);
    expect(launches.view().kind).toBe(kind);
  });

  test.each([
    ['its own limit', at('exp', start + minutes(2)), minutes(3)],
    ['three minutes, where it names no limit', '', minutes(3)],
    ['ten minutes, however long it would last', at('exp', start + minutes(600)), minutes(10)],
  ])('while it waits for a sign-in: gone after %s', async (_name, limit, after) => {
    const { launches, traced } = received(patient + limit);
    vi.advanceTimersByTime(after - 1_000);
    expect(launches.view().kind).toBe('waiting');
    vi.advanceTimersByTime(2_000);
    expect(launches.view()).toMatchObject({ kind: 'refused', fault: { kind: 'launch-refused' } });
    await follow(launches);
    expect(traced).toEqual([]);
  });
});

describe('who works in the record system', () => {
  const by = (system: string, value: string) => received(`${patient}&practitioner=${system}|${value}`);
  const sds = 'https://fhir.nhs.uk/Id/sds-user-id';

  test('another person than the one signed in here: refused (H14)', async () => {
    await expectRefused(by(sds, '999999999999'));
  });

  test.each([
    ['the same person', sds, '555036632103'],
    ['a name of a system that says nothing here', 'https://sider.nhs.uk/auth', 'doctor@nhs.net'],
  ])('%s: followed', async (_name, system, value) => {
    const { launches, traced } = by(system, value);
    await follow(launches);
    expect(traced).toHaveLength(1);
  });
});

describe('a one-time code', () => {
  function redeeming(answer: Redeemed) {
    const codes: unknown[] = [];
    const opened = received('code=Zm9vYmFyYmF6&iss=https://epr.example.nhs.uk', {
      redeem: async (code) => {
        codes.push(code);
        return answer;
      },
    });
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
    await expectRefused({ launches, traced });
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
    const signedIn = (user: string) => {
      [userId, lastUserId] = [user, user];
      change('signed-in');
    };
    const locked = () => {
      userId = undefined;
      change('locked');
    };
    return {
      ...opened,
      change,
      /** Nora has locked it, and then the launch comes. */
      receivedLocked() {
        signedIn(nora);
        locked();
        opened.launches.receive(link(patient));
      },
      signedIn,
      locked,
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
      await expectRefused({ launches, traced });
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
    const { launches, change, signedIn, locked, traced, receivedLocked } = workstation();
    receivedLocked();
    change('unlocking');
    locked();
    expect(launches.view().kind).toBe('waiting');
    signedIn(nora);
    await follow(launches);
    expect(traced).toHaveLength(1);
  });

  test('H14: that came to a locked viewer does not open for another user', async () => {
    const { launches, signedIn, traced, receivedLocked } = workstation();
    receivedLocked();
    const view = launches.view();
    signedIn(omar);
    expect(launches.view()).toEqual({ kind: 'none' });
    expect(await launches.follow(view.kind === 'waiting' ? view.id : '')).toMatchObject(refused);
    expect(traced).toEqual([]);
  });

  test('is gone with a sign-out', () => {
    const { launches, signedOut, receivedLocked } = workstation();
    receivedLocked();
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
    const { launches, traced } = received(patient);
    vi.setSystemTime(start + minutes(11));
    await expectRefused({ launches, traced });
  });

  test.each([
    ['another', omar],
    ['the same', nora],
  ])(
    'H14: is not traced where its code took so long that the user has gone, and %s has come',
    async (_who, next) => {
      let userId: string = nora;
      const redeemed = Promise.withResolvers<Redeemed>();
      const { launches, traced } = received('code=Zm9vYmFyYmF6', {
        userId: () => userId,
        redeem: () => redeemed.promise,
      });
      const following = follow(launches);
      launches.sessionChanged('locked', 'signed-in');
      launches.sessionChanged('unlocking', 'locked');
      userId = next;
      launches.sessionChanged('signed-in', 'unlocking');
      redeemed.resolve({ kind: 'context', context });
      expect(await following).toMatchObject(refused);
      expect(traced).toEqual([]);
    },
  );
});

describe('while a notice of a lock runs (H14)', () => {
  test('a launch waits, the page knows no more, and it is followed once the user stays', async () => {
    const { launches, views, traced } = arrange();
    launches.noticeChanged(true);
    launches.receive(link(patient));
    expect([launches.view(), views]).toEqual([{ kind: 'held' }, [{ kind: 'held' }]]);
    launches.noticeChanged(false);
    expect(views.at(-1)).toMatchObject({ kind: 'waiting' });
    await follow(launches);
    expect(traced).toHaveLength(1);
  });

  test('one that came before is not followed either, and is not lost', async () => {
    const { launches, views, traced } = received(patient);
    const before = launches.view();
    launches.noticeChanged(true);
    expect(views.at(-1)).toEqual({ kind: 'held' });
    expect(await launches.follow(before.kind === 'waiting' ? before.id : '')).toMatchObject({
      fault: { kind: 'not-confirmed' },
    });
    expect(traced).toEqual([]);
    launches.noticeChanged(false);
    await follow(launches);
    expect(traced).toHaveLength(1);
  });

  test('a code is redeemed over an open patient once the user stays', async () => {
    const redeem = vi.fn(async (): Promise<Redeemed> => ({ kind: 'context', context }));
    const { launches } = arrange({ openPatient: () => open, redeem });
    launches.noticeChanged(true);
    launches.receive(link('code=Zm9vYmFyYmF6'));
    await vi.advanceTimersByTimeAsync(1);
    expect(redeem).not.toHaveBeenCalled();
    launches.noticeChanged(false);
    await vi.waitFor(() => expect(redeem).toHaveBeenCalledOnce());
    expect(launches.view()).toEqual({ kind: 'none' });
  });

  test('a code that is being redeemed, and comes again, is redeemed once', async () => {
    const redeemed = Promise.withResolvers<Redeemed>();
    const redeem = vi.fn((_link: unknown, _signal: AbortSignal) => redeemed.promise);
    const { launches } = received('code=Zm9vYmFyYmF6', { openPatient: () => open, redeem });
    launches.noticeChanged(true);
    launches.receive(link('code=Zm9vYmFyYmF6'));
    expect(redeem.mock.calls.map(([, { aborted }]) => aborted)).toEqual([false]);
    redeemed.resolve({ kind: 'context', context });
    await vi.waitFor(() => expect(launches.view()).toEqual({ kind: 'none' }));
    launches.noticeChanged(false);
    expect(redeem).toHaveBeenCalledOnce();
  });

  test('a launch whose time has passed in a pause of a virtual machine, where no timer ran, is refused', async () => {
    const { launches, traced } = arrange();
    launches.noticeChanged(true);
    launches.receive(link(patient));
    vi.setSystemTime(start + minutes(60));
    launches.noticeChanged(false);
    expect(launches.view()).toMatchObject({ kind: 'refused', fault: { kind: 'launch-refused' } });
    await expectRefused({ launches, traced });
  });

  test('one that has been refused is told once', () => {
    const { launches, views } = received('secret=1');
    launches.noticeChanged(true);
    launches.noticeChanged(false);
    expect(views.map(({ kind }) => kind)).toEqual(['refused']);
  });

  test('and the viewer then locks: no code is redeemed, the page that goes is told nothing of it, and the launch waits for its user', async () => {
    let userId: string | undefined = nora;
    let openPatient: OpenPatient | undefined = open;
    const redeem = vi.fn(async (): Promise<Redeemed> => ({ kind: 'context', context }));
    const { launches, views, traced } = arrange({
      userId: () => userId,
      openPatient: () => openPatient,
      redeem,
    });
    launches.noticeChanged(true);
    launches.receive(link('code=Zm9vYmFyYmF6'));
    userId = undefined;
    launches.noticeChanged(false);
    launches.sessionChanged('locked', 'signed-in');
    openPatient = undefined;
    expect(redeem).not.toHaveBeenCalled();
    expect(views).toEqual([{ kind: 'held' }]);
    expect(launches.view()).toMatchObject({ kind: 'waiting' });
    userId = nora;
    launches.sessionChanged('signed-in', 'unlocking');
    await follow(launches);
    expect(traced).toHaveLength(1);
  });
});

describe('a launch that is being followed', () => {
  test('H3: opens no patient behind a new page, where the page has ended meanwhile', async () => {
    const redeemed = Promise.withResolvers<Redeemed>();
    const { launches, traced } = received('code=Zm9vYmFyYmF6', { redeem: () => redeemed.promise });
    const following = follow(launches);
    launches.pageLost();
    redeemed.resolve({ kind: 'context', context });
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

describe('where the site follows one-time codes only', () => {
  test('a link with the patient in it is refused, in words', () => {
    const { launches } = received(patient, { codesOnly: true });
    expect(launches.view()).toMatchObject({
      kind: 'refused',
      fault: { happened: expect.stringContaining('one-time launch codes') },
    });
  });

  test('a code is followed', () => {
    const { launches } = received('code=Zm9vYmFyYmF6', { codesOnly: true });
    expect(launches.view().kind).toBe('waiting');
  });
});
