/**
 * How far the trail has been forwarded, kept beside it: the queue that survives a restart is the trail itself. Losing
 * this file means that entries are sent again, which their number and hash show.
 */
import { readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as v from 'valibot';
import { type ChainEnd, chainStart } from '../entry.ts';

const schema = v.strictObject({ seq: v.pipe(v.number(), v.safeInteger(), v.minValue(0)), hash: v.string() });

export async function readForwarded(folder: string): Promise<ChainEnd> {
  try {
    return v.parse(schema, JSON.parse(await readFile(fileIn(folder), 'utf8')));
  } catch {
    return chainStart;
  }
}

export async function keepForwarded(folder: string, { seq, hash }: ChainEnd): Promise<void> {
  const unfinished = `${fileIn(folder)}.new`;
  await writeFile(unfinished, JSON.stringify({ seq, hash }), { mode: 0o600 });
  await rename(unfinished, fileIn(folder));
}

function fileIn(folder: string): string {
  return path.join(folder, 'forwarded.json');
}
