/** Whether a row still fits the sources: code moves, tests are renamed, and a mutation that changes nothing proves nothing. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Row } from './control.ts';
import { findTitle } from './test-title.ts';

export const root = path.join(import.meta.dirname, '..', '..');

/** What is wrong with the row, or `undefined`. */
export async function staleEntryProblem(row: Row): Promise<string | undefined> {
  const { hazard, file, testFile, test = '' } = row;
  const source = await textOf(file);
  if (source === undefined) return `${file} is not there`;
  if (testFile !== undefined) {
    const tests = await textOf(testFile);
    if (tests === undefined) return `${testFile} is not there`;
    if (findTitle(tests, test) === undefined) return `${testFile} holds no test "${test}"`;
  }
  if (!('find' in row)) return undefined;
  const { find, replace } = row;
  if (find === replace) return 'it replaces a text by itself';
  if (!new RegExp(`\\b${hazard}\\b`).test(test)) return `the name of its test does not begin with ${hazard}`;
  const found = source.split(find).length - 1;
  return found === 1
    ? undefined
    : `${file} holds the text to replace ${found} times, not once: ${find.trim()}`;
}

function textOf(file: string): Promise<string | undefined> {
  return readFile(path.join(root, file), 'utf8').catch(() => undefined);
}
