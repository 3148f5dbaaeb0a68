/** What the trail and the screen get to know of printing, on a real trail in a real folder. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { temporaryFolder } from '../../e2e/doubles/temporary-folder.ts';
import { readTrail } from '../audit/testing/read-trail.ts';
import { createTestAudit } from '../audit/testing/test-audit.ts';
import { createHiddenScreen } from './hidden-screen.ts';
import { createPrinter } from './print.ts';

let folder: string;

beforeEach(() => {
  folder = path.join(temporaryFolder(), 'audit');
});

const entries = () =>
  readTrail(folder).entries.flatMap((entry) =>
    entry.event.startsWith('print') ? [[entry.event, entry['outcome']]] : [],
  );

const aPatient = {};

function open({
  failure = '',
  whenShown = async (): Promise<boolean> => true,
  openPatient = (): object | undefined => aPatient,
} = {}) {
  const recordedAtDialogue: unknown[] = [];
  const audit = createTestAudit(folder);
  const print = createPrinter({
    audit,
    newReference: () => 'ref-2',
    hiddenScreen: { whenShown },
    openPatient,
    openDialogue: async () => {
      recordedAtDialogue.push(entries());
      return failure;
    },
  });
  return { print, audit, recordedAtDialogue };
}

test.each([
  ['', { kind: 'sent' }],
  ['Print job canceled', { kind: 'cancelled' }],
  ['Failed to enumerate printers', { kind: 'failed', fault: { kind: 'no-printer' } }],
  ['No printers available on the network', { kind: 'failed', fault: { kind: 'no-printer' } }],
  ['Print job failed', { kind: 'failed', fault: { kind: 'print-failed' } }],
  ['words of a later Electron', { kind: 'failed', fault: { kind: 'print-failed' } }],
])('H18: recorded before the dialogue, and what came of it afterwards: "%s"', async (failure, outcome) => {
  const { print, audit, recordedAtDialogue } = open({ failure });
  expect(await print()).toMatchObject(outcome);
  await audit.settled();
  expect(recordedAtDialogue).toEqual([[['print', undefined]]]);
  expect(entries()).toEqual([
    ['print', undefined],
    ['print-outcome', outcome.kind],
  ]);
});

test('H18: what cannot be recorded opens no dialogue', async () => {
  await writeFile(folder, ''); // where the folder should be is a file
  const { print, recordedAtDialogue } = open();
  expect(await print()).toMatchObject({ kind: 'failed', fault: { kind: 'audit-unavailable' } });
  expect(recordedAtDialogue).toEqual([]);
});

test('H9: over a hidden screen nothing is printed and nothing recorded until it is shown', async () => {
  const screen = createHiddenScreen();
  screen.set(true);
  const { print, audit, recordedAtDialogue } = open({ whenShown: screen.whenShown });
  const printed = print();
  await audit.settled();
  expect(recordedAtDialogue).toEqual([]);
  screen.set(false);
  expect(await printed).toEqual({ kind: 'sent' });
  expect(recordedAtDialogue).toEqual([[['print', undefined]]]);
});

test('H9: what waited to be printed is not printed once its page has been replaced', async () => {
  const screen = createHiddenScreen();
  screen.set(true);
  const { print, recordedAtDialogue } = open({ whenShown: screen.whenShown });
  const printed = print();
  screen.pageReplaced();
  expect(await printed).toEqual({ kind: 'cancelled' });
  expect(recordedAtDialogue).toEqual([]);
});

test('H14: a lock while the entry is being written opens no dialogue, and the trail says that nothing was printed', async () => {
  let patient: object | undefined = {};
  const { print, audit, recordedAtDialogue } = open({ openPatient: () => patient });
  const printed = print();
  patient = undefined;
  expect(await printed).toEqual({ kind: 'cancelled' });
  await audit.settled();
  expect(recordedAtDialogue).toEqual([]);
  expect(entries()).toEqual([
    ['print', undefined],
    ['print-outcome', 'cancelled'],
  ]);
});

test('one dialogue at a time', async () => {
  const { print, recordedAtDialogue } = open();
  await Promise.all([print(), print()]);
  expect(recordedAtDialogue).toHaveLength(1);
  await print();
  expect(recordedAtDialogue).toHaveLength(2);
});

test('H14: without an open patient there is nothing to print', async () => {
  const { print, recordedAtDialogue } = open({ openPatient: () => undefined });
  expect(await print()).toEqual({ kind: 'cancelled' });
  expect(recordedAtDialogue).toEqual([]);
});
