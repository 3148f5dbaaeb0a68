import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { makeFault } from '../../shared/fault.ts';
import type { LaunchView } from '../../shared/launch.ts';
import type { TraceOutcome } from '../../shared/outcome.ts';
import { createLaunchDesk, type LaunchDeskDependencies, type Redeemed } from './launch-desk.ts';
import type { PatientContext } from './launch-link.ts';

const start = Date.UTC(2026, 10, 23, 14, 0);
const minutes = (count: number) => count * 60_000;
const seconds = (time: number) => Math.floor(time / 1_000);

const patient = 'patient=https://fhir.nhs.uk/Id/nhs-number|9990000018&birthdate=2015-08-14';
const link = (query: string) => `cpis-viewer:launch?${query}`;
const notFound: TraceOutcome = { kind: 'not-found', fault: makeFault('patient-not-found', 'pds') };

beforeEach(() => vi.useFakeTimers({ now: start }));
afterEach(() => vi.useRealTimers());

function openDesk(change: Partial<LaunchDeskDependencies> = {}) {
  const traced: PatientContext[] = [];
  const views: LaunchView[] = [];
  let ids = 0;
  const desk = createLaunchDesk({
    now: Date.now,
    newId: () => `id-${++ids}`,
    userId: () => '555036632103',
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

describe('a one-time code', () => {
  const context = {
    nhsNumber: '9990000018',
    birthDate: '2015-08-14',
    practitioner: undefined,
    notBefore: undefined,
    notAfter: undefined,
  } as PatientContext;

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
