/** Saving as PDF, on a real trail and real files; the dialogue and Chromium's PDF are doubles. */
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { temporaryFolder } from '../../e2e/doubles/temporary-folder.ts';
import { readTrail } from '../audit/testing/read-trail.ts';
import { createTestAudit } from '../audit/testing/test-audit.ts';
import { openWholeFiles } from '../files/whole-file.ts';
import { createHiddenScreen } from './hidden-screen.ts';
import { createPdfSaver, type PdfPort } from './save-pdf.ts';

let parent: string;
let folder: string;
let file: string;

beforeEach(() => {
  parent = temporaryFolder();
  folder = path.join(parent, 'audit');
  file = path.join(parent, 'check.pdf');
});

const entries = () =>
  readTrail(folder).entries.flatMap((entry) =>
    entry.event.startsWith('save-pdf') ? [[entry.event, entry['outcome']]] : [],
  );

interface Held {
  patient: object | undefined;
}

function open(portOf: (held: Held) => Partial<PdfPort> = () => ({})) {
  const held: Held = { patient: {} };
  const recordedAtDialogue: unknown[] = [];
  const audit = createTestAudit(folder);
  const save = createPdfSaver({
    audit,
    hiddenScreen: createHiddenScreen(),
    openPatient: () => held.patient,
    newReference: () => 'ref-2',
    wholeFiles: openWholeFiles(path.join(folder, 'unfinished')),
    chooseFile: async () => {
      recordedAtDialogue.push(entries());
      return file;
    },
    makePdf: async () => Buffer.from('%PDF'),
    ...portOf(held),
  });
  return { save, audit, held, recordedAtDialogue };
}

test('H18: a PDF is recorded before the dialogue, written for its owner alone, and its outcome recorded', async () => {
  const { save, audit, recordedAtDialogue } = open();
  expect(await save()).toEqual({ kind: 'saved' });
  expect(recordedAtDialogue).toEqual([[['save-pdf', undefined]]]);
  expect(await readFile(file, 'utf8')).toBe('%PDF');
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  await audit.settled();
  expect(entries()).toEqual([
    ['save-pdf', undefined],
    ['save-pdf-outcome', 'saved'],
  ]);
});

test('H18: in the place of a file that others can read, the PDF is for its owner alone too', async () => {
  await writeFile(file, 'former', { mode: 0o644 });
  expect(await open().save()).toEqual({ kind: 'saved' });
  expect(await readFile(file, 'utf8')).toBe('%PDF');
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});

test('H18: a PDF that cannot be saved leaves nothing of it, and the former file as it was', async () => {
  const former = path.join(file, 'kept');
  await mkdir(file);
  await writeFile(former, 'former');
  const { save } = open();
  expect(await save()).toMatchObject(notSaved);
  expect(await readdir(parent)).toEqual(['audit', 'check.pdf']);
  expect(await readFile(former, 'utf8')).toBe('former');
});

test('H18: what cannot be recorded opens no dialogue', async () => {
  await writeFile(folder, '');
  const { save, recordedAtDialogue } = open();
  expect(await save()).toMatchObject({ kind: 'failed', fault: { kind: 'audit-unavailable' } });
  expect(recordedAtDialogue).toEqual([]);
});

test.each<[string, (held: Held) => Partial<PdfPort>]>([
  [
    'while the user chooses the file',
    (held) => ({
      chooseFile: async () => {
        held.patient = undefined;
        return file;
      },
    }),
  ],
  [
    'while the PDF is made',
    (held) => ({
      makePdf: async () => {
        held.patient = {};
        return Buffer.from('%PDF of another patient');
      },
    }),
  ],
])('H14: after a lock or another patient, %s, nothing is written', async (_name, portOf) => {
  const { save, audit } = open(portOf);
  expect(await save()).toEqual({ kind: 'cancelled' });
  expect(await readdir(parent)).toEqual(['audit']);
  await audit.settled();
  expect(entries().at(-1)).toEqual(['save-pdf-outcome', 'cancelled']);
});

test('H14: a lock while the entry is being written opens no dialogue', async () => {
  const { save, held, recordedAtDialogue } = open();
  const saved = save();
  held.patient = undefined;
  expect(await saved).toEqual({ kind: 'cancelled' });
  expect(recordedAtDialogue).toEqual([]);
});

const notSaved = { kind: 'failed', fault: { kind: 'pdf-not-saved' } };
const nowhere = () => path.join(parent, 'nowhere', 'check.pdf');

test.each<[string, Partial<PdfPort>, { readonly kind: string }]>([
  ['the dialogue is cancelled', { chooseFile: async () => undefined }, { kind: 'cancelled' }],
  ['the file cannot be written', { chooseFile: async () => nowhere() }, notSaved],
  ['Chromium cannot make the PDF', { makePdf: () => Promise.reject(new Error('no page')) }, notSaved],
])('where %s, the screen and the trail say so', async (_name, port, outcome) => {
  const { save, audit } = open(() => port);
  expect(await save()).toMatchObject(outcome);
  await audit.settled();
  expect(entries().at(-1)).toEqual(['save-pdf-outcome', outcome.kind]);
});

test('H14: without an open patient there is nothing to save, also where a dialogue would outlive a lock', async () => {
  const { save, held, recordedAtDialogue } = open();
  held.patient = undefined;
  expect(await save()).toEqual({ kind: 'cancelled' });
  expect(recordedAtDialogue).toEqual([]);
});
