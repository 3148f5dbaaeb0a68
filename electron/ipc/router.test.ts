import { describe, expect, test } from 'vitest';
import { requestNames } from '../../shared/contract.ts';
import { makeFault } from '../../shared/fault.ts';
import { type Handlers, registerRoutes } from './router.ts';

type Listener = (event: never, request: unknown) => unknown;

function startRouter({ viewer = true, trace }: { viewer?: boolean; trace?: () => unknown } = {}) {
  const listeners = new Map<string, Listener>();
  const calls: { name: string; request: unknown }[] = [];
  const reports: string[] = [];
  const handlers = Object.fromEntries(
    requestNames.map((name) => [
      name,
      (request: unknown) => {
        calls.push({ name, request });
        return (name === 'patient.trace' ? trace?.() : undefined) ?? 'answer';
      },
    ]),
  );
  const report = (_fault: unknown, detail: string) => void reports.push(detail);
  registerRoutes(Promise.resolve({ handlers: handlers as unknown as Handlers, report }), {
    ipcMain: { handle: (name: string, listener: Listener) => void listeners.set(name, listener) },
    isViewer: () => viewer,
  });
  const ask = (name: string, request?: unknown) => listeners.get(name)?.({} as never, request);
  return { ask, calls, reports, listeners };
}

const search = {
  familyName: 'A',
  givenNames: [],
  born: { earliest: '2015-01-01', latest: '2015-01-01' },
  scope: 'current',
} as const;
const similar = { ...search, givenNames: ['Amber'], scope: 'similar' } as const;

describe('the router', () => {
  test('answers every channel of the contract and no other', () => {
    expect([...startRouter().listeners.keys()]).toEqual([...requestNames]);
  });

  test('passes a well-formed request, parsed, to its handler', async () => {
    const { ask, calls } = startRouter();
    expect(await ask('patient.trace', { nhsNumber: '999 000 0018' })).toEqual({ ok: true, value: 'answer' });
    expect(calls).toEqual([{ name: 'patient.trace', request: { nhsNumber: '9990000018' } }]);
  });

  test('refuses every channel to a sender that is not the viewer, and calls nothing', async () => {
    const { ask, calls } = startRouter({ viewer: false });
    for (const name of requestNames) {
      expect(await ask(name)).toMatchObject({ ok: false, fault: { kind: 'request-refused' } });
    }
    expect(calls).toEqual([]);
  });

  test.each([
    ['cpis.check', { context: 'c', careSetting: 'unscheduled' }],
    ['cpis.check', { context: 'c', careSetting: 'either', repeat: 'first' }],
    ['cpis.check', { context: '../c', careSetting: 'scheduled', repeat: 'first' }],
    ['cpis.check', { context: 'c', careSetting: 'scheduled', repeat: 'first', nhsNumber: '9990000018' }],
    ['session.signIn', { token: 'x' }],
    ['link.open', { id: 'https://example.org' }],
    ['patient.search', { ...search, born: { earliest: '1-1-2015', latest: '1-1-2015' } }],
    ['patient.search', { ...search, born: { earliest: '2015-01-02', latest: '2015-01-01' } }],
    ['patient.search', { ...search, familyName: 'A*' }],
    ['patient.search', { ...search, givenNames: ['x'.repeat(36)] }],
    ['patient.search', { ...search, givenNames: [''] }],
    ['patient.search', { ...search, scope: 'all' }],
    // PDS refuses a fuzzy search without a given name, over a range of dates, or with a wildcard.
    ['patient.search', { ...search, scope: 'similar' }],
    ['patient.search', { ...similar, born: { earliest: '2015-01-01', latest: '2015-01-02' } }],
    ['patient.search', { ...similar, givenNames: ['Am*'] }],
    ['patient.trace', { nhsNumber: '9990000018', chosen: { search, name: 'A', born: 1 } }],
  ])('H4: refuses %s with %o, and calls nothing', async (name, request) => {
    const { ask, calls } = startRouter();
    expect(await ask(name, request)).toMatchObject({ ok: false, fault: { kind: 'request-refused' } });
    expect(calls).toEqual([]);
  });

  test('a number that fails its check digit is named as that', async () => {
    expect(await startRouter().ask('patient.trace', { nhsNumber: '9990000017' })).toMatchObject({
      fault: { kind: 'nhs-number-invalid' },
    });
  });

  test('a handler that throws is a fault, and the report holds no argument', async () => {
    const { ask, reports } = startRouter({
      trace: () => {
        throw new TypeError('9990000018 leaked');
      },
    });
    expect(await ask('patient.trace', { nhsNumber: '9990000018' })).toMatchObject({
      fault: { kind: 'internal' },
    });
    expect(reports).toEqual(['patient.trace: TypeError']);
  });

  test('without an environment, a channel that has no handler answers with the fault of the settings', async () => {
    const listeners = new Map<string, Listener>();
    const reports: string[] = [];
    const otherwise = makeFault('settings-invalid', 'ref-1');
    registerRoutes(
      Promise.resolve({
        handlers: { 'launch.read': () => ({ kind: 'none' }) },
        otherwise,
        report: (_fault, detail) => void reports.push(detail),
      }),
      {
        ipcMain: { handle: (name: string, listener: Listener) => void listeners.set(name, listener) },
        isViewer: () => true,
      },
    );
    const ask = (name: string) => listeners.get(name)?.({} as never, undefined);
    expect(await ask('launch.read')).toEqual({ ok: true, value: { kind: 'none' } });
    for (const name of ['session.signIn', 'patient.discard', 'window.print']) {
      expect(await ask(name), name).toEqual({ ok: false, fault: otherwise });
    }
    expect(reports).toEqual(['session.signIn: refused', 'patient.discard: refused', 'window.print: refused']);
  });

  test('an outcome with a fault is reported, so that its reference can be looked up', async () => {
    const outcome = { kind: 'could-not-trace', fault: { reference: 'abc' } };
    const { ask, reports } = startRouter({ trace: () => outcome });
    expect(await ask('patient.trace', { nhsNumber: '9990000018' })).toEqual({ ok: true, value: outcome });
    expect(reports).toEqual(['patient.trace: could-not-trace']);
  });
});
