/**
 * Detects whether the previous run of the viewer ended in order. A process that is killed or crashes cannot write, so each
 * run creates a file and deletes it at its orderly end; the next start finds the file of a run that did not.
 */
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { readJsonFileSync } from '../files/read-json-file.ts';

/** `startedAt`: UTC, ISO 8601; `undefined` where the file cannot be read. */
export type FormerRun =
  | { readonly kind: 'in-order-or-none' }
  | { readonly kind: 'not-in-order'; readonly startedAt: string | undefined };

export interface RunMark {
  readonly former: FormerRun;
  /** Deletes the file, as the last action of the run. Never throws. */
  remove(): void;
}

const markSchema = v.object({ startedAt: v.pipe(v.string(), v.isoTimestamp()) });

/** Reads the file of the previous run and writes one for this run. `folder`: the user-data folder. Never throws. */
export function markRun(folder: string, now: Date): RunMark {
  const file = path.join(folder, 'running.json');
  const former = readFormer(file);
  // Deleted and created again: a FIFO in its place would block the start.
  ignoringErrors(() => rmSync(file, { force: true }));
  ignoringErrors(() =>
    writeFileSync(file, JSON.stringify({ startedAt: now.toISOString() }), { mode: 0o600, flag: 'wx' }),
  );
  return { former, remove: () => ignoringErrors(() => rmSync(file, { force: true })) };
}

function readFormer(file: string): FormerRun {
  const read = readJsonFileSync(file);
  if (read.kind === 'missing') return { kind: 'in-order-or-none' };
  const parsed = v.safeParse(markSchema, read.kind === 'read' ? read.value : undefined);
  return { kind: 'not-in-order', startedAt: parsed.success ? parsed.output.startedAt : undefined };
}

/** Other screens report a folder that cannot be written; the viewer starts without the file. */
function ignoringErrors(work: () => void): void {
  try {
    work();
  } catch {
    // as said above
  }
}

/** For Diagnostics. */
export function describeFormerRun(former: FormerRun): string {
  switch (former.kind) {
    case 'in-order-or-none':
      return 'Ended in order, or there was none';
    case 'not-in-order':
      return former.startedAt === undefined
        ? 'DID NOT END IN ORDER'
        : `DID NOT END IN ORDER (started ${former.startedAt})`;
  }
}
