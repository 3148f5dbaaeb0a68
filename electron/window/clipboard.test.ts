/** One rule for the clipboard, on a real trail in a real folder; the system's clipboard is a text in memory. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { temporaryFolder } from '../../e2e/doubles/temporary-folder.ts';
import type { CopyOutcome } from '../../shared/copy-outcome.ts';
import { readTrail } from '../audit/testing/read-trail.ts';
import { createTestAudit } from '../audit/testing/test-audit.ts';
import {
  copyLimitMs,
  createViewerClipboard,
  lateSelectionMs,
  mostSelections,
  type SystemClipboard,
} from './clipboard.ts';

const number = '0161 496 0000';
let folder: string;

beforeEach(() => {
  folder = path.join(temporaryFolder(), 'audit');
});

afterEach(() => vi.useRealTimers());

const recordedEvents = () => readTrail(folder).entries.map(({ event }) => event);

function open() {
  const held = { clipboard: '', selection: '', source: '' };
  const recordedAtWrite: string[][] = [];
  const system: SystemClipboard = {
    readText: async (buffer) => held[buffer],
    writeText: async (text) => {
      recordedAtWrite.push(recordedEvents());
      held.clipboard = text;
      held.selection = text; // as Chromium does on Linux
      held.source = '';
    },
    clear: async (buffer) => {
      held[buffer] = '';
      if (buffer === 'clipboard') held.source = '';
    },
    sourceAddress: async () => held.source,
  };
  const outcomes: CopyOutcome[] = [];
  const audit = createTestAudit(folder);
  const clipboard = createViewerClipboard({
    system,
    audit,
    newReference: () => 'ref-2',
    pageOrigin: 'app://viewer',
    onCopy: (outcome) => outcomes.push(outcome),
  });
  return { clipboard, held, outcomes, recordedAtWrite, audit };
}

test('H17: a copy is recorded before it is on the clipboard', async () => {
  const { clipboard, held, outcomes, recordedAtWrite } = open();
  expect(await clipboard.copy(number)).toEqual({ kind: 'copied' });
  expect(held).toMatchObject({ clipboard: number, selection: '' });
  expect(recordedAtWrite).toEqual([['trail-begun', 'copied']]);
  expect(outcomes).toEqual([{ kind: 'copied' }]);
});

test('H17: a copy that cannot be recorded is not made, and leaves what is there', async () => {
  await writeFile(folder, ''); // where the folder should be is a file
  const { clipboard, held, outcomes } = open();
  held.clipboard = 'a shopping list';
  const outcome = await clipboard.copy(number);
  expect(outcome).toMatchObject({ kind: 'not-copied', fault: { kind: 'audit-unavailable' } });
  expect(outcomes).toEqual([outcome]);
  await clipboard.forget();
  expect(held.clipboard).toBe('a shopping list');
});

test('H17: a copy that is still being recorded when the patient goes is not made', async () => {
  const { clipboard, held } = open();
  const copying = clipboard.copy(number);
  await clipboard.forget();
  expect(await copying).toMatchObject({ kind: 'not-copied', fault: { kind: 'copy-too-late' } });
  expect(held.clipboard).toBe('');
});

test('H17: a copy is gone after two minutes, and a new one has two minutes of its own', async () => {
  const { clipboard, held } = open();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  await clipboard.copy(number);
  await vi.advanceTimersByTimeAsync(copyLimitMs - 1);
  await clipboard.copy('another');
  await vi.advanceTimersByTimeAsync(copyLimitMs - 1);
  expect(held.clipboard).toBe('another');
  await vi.advanceTimersByTimeAsync(1);
  expect(held.clipboard).toBe('');
});

test('H17: what another program has copied since stays', async () => {
  const { clipboard, held } = open();
  await clipboard.copy(number);
  held.clipboard = 'a shopping list';
  await clipboard.forget();
  expect(held.clipboard).toBe('a shopping list');
});

test('H17: what is ours is known by its words, whatever line ends the system gives back', async () => {
  const { clipboard, held } = open();
  await clipboard.copy('Child Protection Plan\nEmotional abuse');
  held.clipboard = 'Child Protection Plan\r\nEmotional abuse';
  await clipboard.forget();
  expect(held.clipboard).toBe('');
});

test('H17: what the page has copied past the record is removed, and that is recorded', async () => {
  const { clipboard, held, audit } = open();
  Object.assign(held, { clipboard: 'stolen', selection: 'stolen', source: 'app://viewer/index.html' });
  await clipboard.check();
  await audit.settled();
  expect(held).toMatchObject({ clipboard: '', selection: '' });
  expect(recordedEvents()).toEqual(['trail-begun', 'unrecorded-copy-removed']);
});

test('H17: what another page has copied is left alone', async () => {
  const { clipboard, held } = open();
  for (const source of ['https://example.org/', 'app://viewer.example.org/', 'app://viewers/']) {
    held.clipboard = 'a shopping list';
    held.source = source;
    await clipboard.forget();
    expect(held.clipboard, source).toBe('a shopping list');
  }
});

test('of many selections the latest are known, so that a page cannot fill the memory', async () => {
  const { clipboard, held } = open();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  for (let count = 0; count <= mostSelections; count += 1) await clipboard.selected(`selected ${count}`);
  held.selection = 'selected 0';
  await clipboard.check();
  expect(held.selection).toBe('selected 0');
  held.selection = 'selected 1';
  await clipboard.check();
  expect(held.selection).toBe('');
});

test('H17: text that is selected is taken back from PRIMARY, however late it comes there', async () => {
  const { clipboard, held } = open();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  held.selection = '999 000 0018';
  await clipboard.selected('999 000 0018');
  expect(held.selection).toBe('');
  held.selection = 'of another program';
  await clipboard.selected('Synthetic');
  expect(held.selection).toBe('of another program');
  held.selection = 'Synthetic'; // later than the page said so
  await vi.advanceTimersByTimeAsync(lateSelectionMs);
  expect(held.selection).toBe('');
  await clipboard.selected('the next');
  held.selection = 'Synthetic'; // much later, and behind another
  await clipboard.forget();
  expect(held.selection).toBe('');
  held.selection = 'the next'; // after the lock that forgot it
  await vi.advanceTimersByTimeAsync(lateSelectionMs);
  expect(held.selection).toBe('');
  held.selection = 'the next'; // by then selected in another program
  await clipboard.forget();
  expect(held.selection).toBe('the next');
});
