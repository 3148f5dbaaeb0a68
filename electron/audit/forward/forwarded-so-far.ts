/**
 * Stores beside the trail how far it has been forwarded; the trail itself is the queue that survives a restart. If this
 * file is lost, entries are sent again, and their number and hash show the repetition.
 */
import { rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as v from 'valibot';
import { readJsonFileSync } from '../../files/read-json-file.ts';
import type { ChainEnd } from '../entry.ts';

const schema = v.strictObject({ seq: v.pipe(v.number(), v.safeInteger(), v.minValue(0)), hash: v.string() });

/** Returns `undefined` where nothing was forwarded yet, or the file is lost. Never throws. */
export function readForwarded(folder: string): ChainEnd | undefined {
  const read = readJsonFileSync(fileIn(folder));
  const parsed = v.safeParse(schema, read.kind === 'read' ? read.value : undefined);
  return parsed.success ? parsed.output : undefined;
}

/** Replaces the file in one step. Rejects where it cannot be written. */
export async function keepForwarded(folder: string, { seq, hash }: ChainEnd): Promise<void> {
  const unfinished = `${fileIn(folder)}.new`;
  await writeFile(unfinished, JSON.stringify({ seq, hash }), { mode: 0o600 });
  await rename(unfinished, fileIn(folder));
}

function fileIn(folder: string): string {
  return path.join(folder, 'forwarded.json');
}
