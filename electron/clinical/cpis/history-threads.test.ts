/** H15: reading a history in a thread, and the outcome where the thread fails. Uses real threads, as Electron starts them. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ServiceResponse } from '../service/transport.ts';
import {
  auditEvent,
  auditEvents,
  firstChild,
  practitionerRole,
  searchset,
  secondChild,
} from '../synthetic.ts';
import { historyIncomplete } from './audit-event.ts';
import { createHistoryThreads } from './history-threads.ts';
import type { HistorySearch } from './read-history-search.ts';

const file = new URL('history-thread-entry.ts', import.meta.url);
const url = 'https://service.test/cpis/FHIR/R4/AuditEvent?patient:identifier=x';
const never = new AbortController().signal;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'history-threads-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function sent(body: unknown, requestId = 'request-1'): ServiceResponse {
  return {
    answer: {
      kind: 'answered',
      status: 200,
      contentType: 'application/fhir+json',
      body: new TextEncoder().encode(JSON.stringify(body)),
      retryAfter: undefined,
    },
    requestId,
  };
}

const access = { recorded: '2026-07-01T23:30:00+00:00', name: 'Mrs Test NURSE' };

function search(body: unknown): HistorySearch {
  return { nhsNumber: firstChild, url, first: sent(body) };
}

async function noPage(): Promise<ServiceResponse> {
  throw new Error('There is one page only.');
}

const patient = 20_000;
const reader = createHistoryThreads({ file, timeoutMs: patient });

/** Writes the script of a thread that only a test uses. */
async function threadOf(name: string, source: string): Promise<URL> {
  const own = path.join(folder, `${name}.mjs`);
  await writeFile(own, source);
  return pathToFileURL(own);
}

test('a history is read as it came', async () => {
  expect(await reader(search(auditEvents([access], firstChild)), noPage, never)).toMatchObject({
    kind: 'read',
    history: { accesses: [{ name: 'Mrs Test NURSE', at: { short: '02-Jul-2026 00:30' } }] },
  });
});

test('H3: a history of another patient is not', async () => {
  expect(await reader(search(auditEvents([access], secondChild)), noPage, never)).toMatchObject({
    kind: 'could-not-read',
    fault: { kind: 'wrong-patient', reference: 'request-1' },
  });
});

test('the main process, which holds the token, requests further pages; they are read with the first', async () => {
  const requested: string[] = [];
  const page = (id: string, next: string) =>
    searchset([auditEvent(access, firstChild, id)], [practitionerRole(access, `${id}-role`)], {
      total: 3,
      link: [{ relation: 'next', url: next }],
    });
  const offline: ServiceResponse = {
    answer: { kind: 'failed', fault: 'offline', delivered: 'unknown', detail: '' },
    requestId: 'request-3',
  };
  const outcome = await reader(
    search(page('a', '?page=2')),
    async ({ href }) => {
      requested.push(href);
      return requested.length === 1 ? sent(page('b', '?page=3')) : offline;
    },
    never,
  );
  expect(requested).toEqual(['2', '3'].map((number) => url.replace(/\?.*/, `?page=${number}`)));
  expect(outcome).toMatchObject({
    kind: 'read',
    history: { accesses: { length: 2 }, incomplete: historyIncomplete },
  });
});

test('the main process goes on while ten thousand accesses are read', async () => {
  const many = Array.from({ length: 10_000 }, () => access);
  let isRead = false;
  const reading = reader(search(auditEvents(many, firstChild)), noPage, never).finally(() => {
    isRead = true;
  });
  let turns = 0;
  while (!isRead) {
    await nextTurn();
    turns += 1;
  }
  expect(await reading).toMatchObject({ kind: 'read', history: { accesses: { length: 10_000 } } });
  // Read in the main process, one turn of the event loop would take longer than all of these.
  expect(turns).toBeGreaterThan(100);
});

test.each([
  ['throws', 'throw new Error("broken");', 'broken'],
  ['ends without a word', 'process.exit(0);', 'without an outcome'],
  ['never ends', 'for (;;);', 'not read in time'],
  [
    'takes all the memory',
    'const all = []; for (;;) all.push(Array.from({ length: 1e5 }, Math.random));',
    'memory',
  ],
])('a thread that %s is a history that was not read (H15)', async (name, source, reason) => {
  const failing = createHistoryThreads({
    file: await threadOf(name.replaceAll(' ', '-'), source),
    timeoutMs: name === 'never ends' ? 200 : patient,
    memoryLimitMb: 64,
  });
  await expect(failing(search({}), noPage, never)).rejects.toThrow(reason);
});

test('H10: aborting a history ends its thread', async () => {
  const waiting = createHistoryThreads({
    file: await threadOf(
      'asks',
      `import { parentPort } from 'node:worker_threads';
       parentPort.on('message', () => {});
       parentPort.postMessage({ kind: 'page', url: '${url}' });`,
    ),
    timeoutMs: patient,
  });
  const abort = new AbortController();
  const page = () => {
    abort.abort();
    return new Promise<ServiceResponse>(() => undefined);
  };
  await expect(waiting(search({}), page, abort.signal)).rejects.toThrow('not wanted');
  await expect(reader(search({}), noPage, AbortSignal.abort())).rejects.toThrow('not wanted');
});
