/**
 * How far the trail has been forwarded, kept beside it: the queue that survives a restart is the trail itself. Losing
 * this file means that entries are sent again, which their number and hash show.
 */
import { rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as v from 'valibot';
import { readJsonFileSync } from '../../files/read-json-file.ts';
import type { ChainEnd } from '../entry.ts';

const schema = v.strictObject({ seq: v.pipe(v.number(), v.safeInteger(), v.minValue(0)), hash: v.string() });

/** `undefined`: nothing was forwarded yet, or how far is not known any more. Never throws. */
export function readForwarded(folder: string): ChainEnd | undefined {
  const read = readJsonFileSync(fileIn(folder));
  const parsed = v.safeParse(schema, read.kind === 'read' ? read.value : undefined);
  return parsed.success ? parsed.output : undefined;
}

export async function keepForwarded(folder: string, { seq, hash }: ChainEnd): Promise<void> {
  const unfinished = `${fileIn(folder)}.new`;
  await writeFile(unfinished, JSON.stringify({ seq, hash }), { mode: 0o600 });
  await rename(unfinished, fileIn(folder));
}

function fileIn(folder: string): string {
  return path.join(folder, 'forwarded.json');
}
