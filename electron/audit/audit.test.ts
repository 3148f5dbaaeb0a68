import { mkdir, readdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { temporaryFolder } from '../../e2e/doubles/temporary-folder.ts';
import type { Audit, AuditDependencies } from './audit.ts';
import { jsonExport } from './export-trail.ts';
import { readTrail } from './testing/read-trail.ts';
import { createTestAudit } from './testing/test-audit.ts';
import { append, checkOutcome, checkQuery, firstFileOf, nurse, openTestTrail } from './testing/test-trail.ts';
import type { AuditEvent } from './trail-event.ts';

let parent: string;
let folder: string;
let second: number;

beforeEach(() => {
  parent = temporaryFolder();
  folder = path.join(parent, 'audit');
  second = 0;
});

/** An actor as a session may give it: with members that the trail must not contain. */
const nora = { ...nurse, name: 'NURSE, Nora' };

function open(more: Partial<AuditDependencies> = {}): Audit {
  const now = () => new Date(Date.UTC(2026, 10, 23, 14, 0, second++));
  return createTestAudit(folder, { actor: () => nora, now, retryAfterMs: 3_600_000, ...more });
}

/** Nothing can be written while a folder has the name of the tail marker. */
const marker = () => path.join(folder, 'end-mark.json');
const keptMarker = () => path.join(parent, 'end-mark.json');
async function stopWriting(): Promise<void> {
  await rename(marker(), keptMarker());
  await mkdir(marker());
}
async function letWrite(): Promise<void> {
  await rmdir(marker());
  await rename(keptMarker(), marker());
}

type EventOf<Kind extends AuditEvent['event']> = Extract<AuditEvent, { event: Kind }>;

const fault = { kind: 'busy', reference: 'ref-9' } as const;
/** One event of each kind; the type of the record makes the list complete. */
const eachEvent: { readonly [Kind in AuditEvent['event']]: EventOf<Kind> } = {
  'trail-begun': { event: 'trail-begun', format: 1, setAside: null },
  'lines-torn': { event: 'lines-torn', lines: [] },
  'trail-damaged': { event: 'trail-damaged', found: 'entries-missing' },
  'trail-interrupted': {
    event: 'trail-interrupted',
    since: '2026-11-23T14:00:00.000Z',
    reason: 'ENOSPC',
    late: 0,
    refused: 0,
    lost: 0,
  },
  started: { event: 'started', version: '1', environment: 'SIMULATOR', recordsEnd: true },
  ended: { event: 'ended' },
  'session-interrupted': { event: 'session-interrupted' },
  'signed-in': { event: 'signed-in', purpose: 'sign-in' },
  'sign-in-failed': { event: 'sign-in-failed', purpose: 'change-role', fault },
  locked: { event: 'locked' },
  'signed-out': { event: 'signed-out', fault },
  'patient-trace': { event: 'patient-trace', patient: null, from: 'viewer' },
  'patient-trace-outcome': {
    event: 'patient-trace-outcome',
    outcome: 'traced',
    patient: null,
    fault: null,
  },
  'patient-search': { event: 'patient-search', scope: 'similar' },
  'patient-search-outcome': { event: 'patient-search-outcome', outcome: 'too-many', fault: null },
  'cpis-query': checkQuery,
  'cpis-outcome': checkOutcome,
  copied: { event: 'copied' },
  'record-copied': { event: 'record-copied', checkId: 'check-1' },
  print: { event: 'print' },
  'print-outcome': { event: 'print-outcome', outcome: 'sent', fault: null },
  'save-pdf': { event: 'save-pdf' },
  'save-pdf-outcome': { event: 'save-pdf-outcome', outcome: 'saved', fault: null },
  'unrecorded-copy-removed': { event: 'unrecorded-copy-removed' },
  'support-bundle-saved': { event: 'support-bundle-saved' },
};

const report = () => readTrail(folder);
const events = () => report().entries.map(({ event }) => event);

describe('a trail that cannot be written between request and answer', () => {
  test('H4: gets what has happened meanwhile late, in its order and with its own time, and says so', async () => {
    const audit = open();
    await audit.record(checkQuery);
    await stopWriting();
    expect(await audit.record(checkOutcome)).toMatchObject({ kind: 'audit-unavailable' });
    await audit.record({ event: 'locked' });
    await audit.record({ ...checkQuery, checkId: 'check-2' });
    await audit.record(eachEvent['signed-in']);
    expect(audit.state().waiting).toBe(3);
    await letWrite();
    await audit.record({ event: 'copied' });

    expect(audit.state()).toMatchObject({ lastFailure: undefined, waiting: 0 });
    expect(events()).toEqual([
      'trail-begun',
      'cpis-query',
      'trail-interrupted',
      'cpis-outcome',
      'locked',
      'signed-in',
      'copied',
    ]);
    const { entries, findings } = report();
    const [, , interrupted, ...late] = entries;
    expect(interrupted).toMatchObject({ late: 3, refused: 1, lost: 0, since: late[0]?.at, actor: null });
    const times = [entries[1], ...late].map((entry) => entry?.at);
    expect(times).toEqual(times.toSorted());
    expect(findings).toEqual([
      {
        kind: 'note',
        text: expect.stringMatching(
          /^audit-000000000001.jsonl, line 3: from 2026-\S+ to 2026-\S+ the trail could not be written \(\w+\)\. Entries that follow late: 3; requests refused: 1\.$/,
        ),
      },
    ]);
  });

  test('is tried again by itself', async () => {
    const audit = open({ retryAfterMs: 20 });
    await audit.record(checkQuery);
    await stopWriting();
    await audit.record(checkOutcome);
    await letWrite();
    await vi.waitFor(() => expect(events().slice(-2)).toEqual(['trail-interrupted', 'cpis-outcome']));
    await audit.settled();
  });

  test('is tried once more at the end', async () => {
    const audit = open();
    await audit.record(checkQuery);
    await stopWriting();
    await audit.record(checkOutcome);
    await letWrite();
    await audit.settled();
    expect(events().slice(-2)).toEqual(['trail-interrupted', 'cpis-outcome']);
  });

  test('counts what the memory does not keep, and a verification finds that', async () => {
    const audit = open({ mostWaiting: 2 });
    await audit.record(checkQuery);
    await stopWriting();
    for (const _each of [1, 2, 3]) await audit.record({ event: 'locked' });
    await letWrite();
    await audit.settled();
    expect(events().slice(-3)).toEqual(['trail-interrupted', 'locked', 'locked']);
    expect(report().findings).toContainEqual({
      kind: 'problem',
      text: 'audit-000000000001.jsonl, line 3: entries lost meanwhile: 1.',
    });
  });

  test('H4: until the end shows it at the next start: the viewer never said that it had ended', async () => {
    const { started } = eachEvent;
    const first = open();
    await first.record(started);
    await first.record(checkQuery);
    await stopWriting();
    await first.record(checkOutcome);
    await first.record({ event: 'ended' });
    await first.settled();
    await letWrite();
    const next = open();
    await next.record(started);
    expect(report().findings).toEqual([
      {
        kind: 'note',
        text: 'audit-000000000001.jsonl, line 4: the viewer was started again without having recorded its end: what it did after entry 3 may be missing.',
      },
    ]);
    await next.record({ event: 'ended' });
    await open().record(started);
    expect(report().findings).toHaveLength(1);
  });
});

describe('H10: the user in the trail', () => {
  test.each(Object.values(eachEvent))('is an id and a role, and never a name: $event', async (event) => {
    const audit = open();
    await audit.record(event);
    await audit.record(event, nora);
    const [, ...entries] = report().entries;
    expect(entries.map((entry) => entry['actor'])).toEqual([nurse, nurse]);
    for (const file of await readdir(folder))
      expect(await readFile(path.join(folder, file), 'utf8')).not.toContain('Nora');
  });

  test('in a trail of an earlier version: it verifies with the name in it, and is exported without', async () => {
    // As version 0.1.0 wrote it.
    await append(openTestTrail(folder), [{ event: 'locked' }], nora);
    expect(await readFile(firstFileOf(folder), 'utf8')).toContain('Nora');
    expect(report().findings).toEqual([]);
    const exported = report().entries.map(jsonExport(undefined).entry).join('');
    expect(exported).toContain(nora.userId);
    expect(exported).not.toContain('Nora');
  });
});

test('what must be written first is refused, and never written later', async () => {
  const audit = open();
  await audit.record({ event: 'locked' });
  await stopWriting();
  for (const event of [
    { event: 'copied' },
    { event: 'print' },
    { event: 'patient-search', scope: 'current' },
  ] as const)
    expect(await audit.record(event)).toMatchObject({ kind: 'audit-unavailable' });
  await letWrite();
  await audit.settled();
  expect(events()).toEqual(['trail-begun', 'locked', 'trail-interrupted']);
  expect(report().entries.at(-1)).toMatchObject({ late: 0, refused: 3 });
});

test('a trail that was never written says from the start since when', async () => {
  await writeFile(folder, '');
  const audit = open();
  await audit.record({ event: 'locked' });
  await rm(folder);
  await audit.settled();
  expect(events()).toEqual(['trail-begun', 'trail-interrupted', 'locked']);
});
