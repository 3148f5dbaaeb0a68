/** Whether an entry of the table still fits the sources: code moves, and a mutation that changes nothing proves nothing. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Control } from './control.ts';

/** What is wrong with the entry, or `undefined`. */
export async function staleEntryProblem(root: string, control: Control): Promise<string | undefined> {
  const { hazard, file, find, replace, testFile, test } = control;
  if (find === replace) return 'it replaces a text by itself';
  const namesHazard = new RegExp(`\\b${hazard}\\b`).test(test);
  if (!namesHazard) return `the name of its test does not begin with ${hazard}`;
  const source = await textOf(root, file);
  if (source === undefined) return `${file} is not there`;
  const found = source.split(find).length - 1;
  if (found !== 1) return `${file} holds the text to replace ${found} times, not once: ${find.trim()}`;
  return (await textOf(root, testFile)) === undefined ? `${testFile} is not there` : undefined;
}

function textOf(root: string, file: string): Promise<string | undefined> {
  return readFile(path.join(root, file), 'utf8').catch(() => undefined);
}
