/** The handlers' own rules: the audit trail records before a handler acts. Runs on a real trail in a real folder. */

import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../e2e/doubles/temporary-folder.ts';
import type { ApplicationView } from '../../shared/application.ts';
import type { CopyOutcome } from '../../shared/copy-outcome.ts';
import { makeFault } from '../../shared/fault.ts';
import type { SessionView } from '../../shared/session.ts';
import type { TakenTime } from '../../shared/taken-time.ts';
import {
  checkedWithoutRecord,
  patient,
  application as synthetic,
  user,
} from '../../shared/testing/synthetic.ts';
import { readTrail } from '../audit/testing/read-trail.ts';
import { createTestAudit } from '../audit/testing/test-audit.ts';
import type { KeptCheck } from '../clinical/check-record.ts';
import { firstChild, searchFor } from '../clinical/testing/synthetic.ts';
import { createHandlers, createUnconfiguredHandlers } from './handlers.ts';
import { RefusedRequest } from './refused-request.ts';

let folder: string;
/** Each action of a handler, with the events that the trail held by then. */
let deeds: { readonly deed: string; readonly recorded: readonly string[] }[];

beforeEach(() => {
  folder = path.join(temporaryFolder(), 'audit');
  deeds = [];
});

/** Puts a file in the folder's place, so that nothing can be recorded. */
const breakTrail = () => writeFile(folder, '');

function recordedEvents(): readonly string[] {
  try {
    return readTrail(folder).entries.map(({ event }) => event);
  } catch {
    return [];
  }
}

const done = () => deeds.map(({ deed }) => deed);
const note = (deed: string) => void deeds.push({ deed, recorded: recordedEvents() });

/** What notes that it was called, and gives this answer. */
const noting =
  <Answer>(deed: string, answer: Answer) =>
  async () => {
    note(deed);
    return answer;
  };

const search = searchFor('A', '2015-01-01');

const copied: CopyOutcome = { kind: 'copied' };

const allowed = { kind: 'allowed' } as const;

const signedInView: SessionView = {
  state: 'signed-in',
  user,
  permissions: { unscheduled: allowed, scheduled: allowed, findPatient: allowed },
  timeLeftMs: 60_000,
  hasOtherRoles: false,
  signingInAgain: false,
  lastFault: undefined,
};

const keptCheck: KeptCheck = {
  banner: patient.banner,
  notes: [],
  outcome: { kind: 'no-record', retrieval: checkedWithoutRecord },
};

type BundleOutcome = 'saved' | 'cancelled' | 'failed';

function open({
  printing = true,
  copyForRecord = true,
  kept = undefined as KeptCheck | undefined,
  bundle = 'saved' as BundleOutcome,
  copy = copied,
  pressed = true,
  signedIn = true,
  leftCheckAt = undefined as TakenTime | undefined,
  clinicList = true,
} = {}) {
  let current: ApplicationView = { ...synthetic, printing, copyForRecord, leftCheckAt, clinicList };
  const application = {
    view: () => current,
    sayLeftCheck: (at: TakenTime | undefined) => {
      current = { ...current, leftCheckAt: at };
    },
  };
  const audit = createTestAudit(folder);
  const signedOut = { state: 'signed-out', lastFault: undefined } as const;
  const notTraced = { kind: 'not-found', fault: makeFault('patient-not-found', 'pds-1') } as const;
  const handlers = createHandlers({
    services: {
      audit,
      session: {
        view: () => (signedIn ? signedInView : signedOut),
        signIn: async () => signedOut,
        chooseRole: async () => signedOut,
        changeRole: async () => signedOut,
        signInAgain: async () => signedOut,
        lock: () => signedOut,
        signOut: () => signedOut,
        permissions: () => (signedIn ? { unscheduled: allowed, scheduled: allowed } : undefined),
      },
      lookup: {
        trace: noting('traced', notTraced),
        search: noting('searched', { kind: 'too-many' } as const),
        discard: async () => undefined,
        check: async () => ({ kind: 'not-asked', fault: makeFault('signed-out', 'cpis-1') }),
        history: async () => ({ kind: 'could-not-read', fault: makeFault('busy', 'cpis-2') }),
        keptCheck: (checkId) => (kept?.outcome.retrieval.checkId === checkId ? kept : undefined),
      },
      clinicList: {
        view: () => ({ progress: { kind: 'finished' }, rows: [] }),
        start: () => {
          note('list started');
          return { kind: 'started' };
        },
        steer: () => undefined,
        open: () => ({ kind: 'gone', fault: makeFault('patient-changed', 'list-1') }),
        text: () => 'the list',
      },
      launches: {
        view: () => ({ kind: 'none' }),
        follow: noting('followed', notTraced),
        dismiss: () => undefined,
      },
    },
    application,
    gesture: {
      take: async ({ kind }) => {
        if (!pressed) note(`asked whether to ${kind}`);
        return pressed;
      },
      forget: () => note('press forgotten'),
    },
    lockNotice: { read: () => undefined, stay: async () => undefined },
    hiddenScreen: { set: () => undefined },
    closeQuestion: { answer: () => undefined },
    training: undefined,
    clipboard: {
      copy: async (text, entry = { event: 'copied' }) => {
        note(`${'checkId' in entry ? `${entry.event} of ${entry.checkId}: ` : 'copied '}${text}`);
        return copy;
      },
      selected: async (text) => note(`selected ${text}`),
    },
    print: noting('printed', { kind: 'sent' } as const),
    openListFile: noting('file chosen', { kind: 'cancelled' } as const),
    savePdf: noting('saved', { kind: 'saved' } as const),
    page: {
      end: () => note('page ended'),
      failed: () => undefined,
      startAgain: () => undefined,
      notLoaded: () => undefined,
    },
    openLink: async (id) => note(`opened ${id}`),
    diagnostics: {
      read: async () => ({ rows: [], recentFaults: [] }),
      saveSupportBundle: noting('asked for a bundle', bundle),
    },
  });
  return { handlers, audit, application };
}

test('a copy that was not made is refused with its fault', async () => {
  const fault = makeFault('audit-unavailable', 'ref-1');
  const copy = open({ copy: { kind: 'not-copied', fault } }).handlers['clipboard.copy']({ text: '0161' });
  await expect(copy).rejects.toBeInstanceOf(RefusedRequest);
  await expect(copy).rejects.toMatchObject({ fault });
});

describe('H17: a copy for the record', () => {
  test('is composed here of the check that the main process has kept, and recorded with its check', async () => {
    await open({ kept: keptCheck }).handlers['clipboard.copyRecord']({ checkId: 'check-1' });
    expect(deeds).toHaveLength(1);
    expect(deeds[0]?.deed).toMatch(/^record-copied of check-1: NOT A REAL PATIENT: SYNTHETIC\r?\n/);
    expect(deeds[0]?.deed).toContain('NHS number: 999 000 0018');
    expect(deeds[0]?.deed).toContain('by Nora Synthetic, Nurse Access Role, SYNTHETIC GENERAL HOSPITAL');
  });

  test.each([
    ['of another check', { kept: keptCheck }, 'check-2'],
    ['of a patient who has gone', {}, 'check-1'],
    ['while no user is signed in', { kept: keptCheck, signedIn: false }, 'check-1'],
    ['where the site does not allow it', { kept: keptCheck, copyForRecord: false }, 'check-1'],
  ])('%s is refused', async (_name, options, checkId) => {
    const copy = open(options).handlers['clipboard.copyRecord']({ checkId });
    await expect(copy).rejects.toBeInstanceOf(RefusedRequest);
    expect(deeds).toEqual([]);
  });

  test('that was not made is refused with its fault', async () => {
    const fault = makeFault('audit-unavailable', 'ref-1');
    const { handlers } = open({ kept: keptCheck, copy: { kind: 'not-copied', fault } });
    await expect(handlers['clipboard.copyRecord']({ checkId: 'check-1' })).rejects.toMatchObject({ fault });
  });
});

test('where the site prints nothing, nothing is printed and nothing recorded', async () => {
  const { handlers, audit } = open({ printing: false });
  expect(await handlers['window.print'](undefined)).toEqual({ kind: 'not-allowed' });
  expect(await handlers['window.savePdf'](undefined)).toEqual({ kind: 'not-allowed' });
  await audit.settled();
  expect(deeds).toEqual([]);
  expect(recordedEvents()).toEqual([]);
});

describe('a support bundle', () => {
  test('is recorded once it is saved', async () => {
    const { handlers, audit } = open();
    expect(await handlers['diagnostics.saveSupportBundle'](undefined)).toBe('saved');
    await audit.settled();
    expect(deeds).toEqual([{ deed: 'asked for a bundle', recorded: [] }]);
    expect(recordedEvents()).toEqual(['trail-begun', 'support-bundle-saved']);
  });

  test.each(['cancelled', 'failed'] as const)('that is %s is not', async (bundle) => {
    const { handlers, audit } = open({ bundle });
    expect(await handlers['diagnostics.saveSupportBundle'](undefined)).toBe(bundle);
    await audit.settled();
    expect(recordedEvents()).toEqual([]);
  });

  test('helps also where the trail cannot be written', async () => {
    await breakTrail();
    expect(await open().handlers['diagnostics.saveSupportBundle'](undefined)).toBe('saved');
  });
});

describe('H4: without a press, and without a yes in its place,', () => {
  type Handlers = ReturnType<typeof open>['handlers'];
  test.each<[string, string, (handlers: Handlers) => unknown]>([
    ['no patient is traced', 'trace', (handlers) => handlers['patient.trace']({ nhsNumber: firstChild })],
    ['no search is sent', 'search', (handlers) => handlers['patient.search'](search)],
    ['no clinic list is started', 'check-list', (handlers) => handlers['clinicList.start']({ text: '' })],
  ])('%s', async (_what, purpose, request) => {
    expect(await request(open({ pressed: false }).handlers)).toMatchObject({
      fault: { kind: 'not-confirmed' },
    });
    expect(done()).toEqual([`asked whether to ${purpose}`]);
  });

  test('a launch is followed: the record system has asked', async () => {
    await open({ pressed: false }).handlers['launch.follow']({ id: 'link-1' });
    expect(done()).toContain('followed');
  });
});

test('H22: where the site does not offer clinic lists, none is started and no file is chosen', async () => {
  const { handlers } = open({ clinicList: false });
  const refused = { kind: 'request-refused' };
  expect(await handlers['clinicList.start']({ text: '' })).toMatchObject({ fault: refused });
  await expect(async () => handlers['clinicList.openFile'](undefined)).rejects.toMatchObject({
    fault: refused,
  });
  expect(deeds).toEqual([]);
});

test('H14: while no user is signed in, a late page makes the main process ask no question', async () => {
  const { handlers } = open({ pressed: false, signedIn: false });
  expect(await handlers['patient.search'](search)).toMatchObject({ fault: { kind: 'signed-out' } });
  expect(deeds).toEqual([]);
});

test('H5: a launch that the page follows by itself leaves what is said of an unscheduled check', async () => {
  const leftCheckAt = { at: '2026-11-23T14:00:00.000Z', clock: 'services' } as const;
  const { handlers, application } = open({ leftCheckAt });
  await handlers['launch.follow']({ id: 'link-1' });
  expect(application.view().leftCheckAt).toBe(leftCheckAt);
});

describe('H4: the press that found a patient does not serve to ask CP-IS', () => {
  test('found by a number', async () => {
    await open().handlers['patient.trace']({ nhsNumber: firstChild });
    expect(done()).toEqual(['traced', 'press forgotten']);
  });

  test('found by a link', async () => {
    await open().handlers['launch.follow']({ id: 'link-1' });
    expect(done()).toEqual(['followed', 'press forgotten']);
  });
});

test('without an environment nothing is asked, and Diagnostics answers', async () => {
  const fault = makeFault('settings-invalid', 'ref-2');
  const handlers = createUnconfiguredHandlers({
    application: { view: () => ({ ...synthetic, settingsFault: fault }) },
    hiddenScreen: { set: () => undefined },
    page: { failed: () => undefined, startAgain: () => undefined, notLoaded: () => undefined },
    openLink: async () => undefined,
    diagnostics: {
      read: async () => ({ rows: [{ name: 'Version', value: '1.0.0' }], recentFaults: [] }),
      saveSupportBundle: async () => 'saved',
    },
  });
  expect(handlers['application.read']()).toMatchObject({ settingsFault: fault });
  expect(await handlers['diagnostics.read']()).toMatchObject({ rows: [{ value: '1.0.0' }] });
  expect(await handlers['diagnostics.saveSupportBundle']()).toBe('saved');
  expect(Object.keys(handlers)).toEqual([
    'application.read',
    'session.read',
    'launch.read',
    'lockNotice.read',
    'screen.hidden',
    'page.failed',
    'page.startAgain',
    'page.notLoaded',
    'link.open',
    'diagnostics.read',
    'diagnostics.saveSupportBundle',
  ]);
});
