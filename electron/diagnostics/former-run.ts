/**
 * Whether the former run of the viewer came to its end in order. A process that is ended from outside, or that crashes, can
 * write nothing; so each run leaves a mark while it lasts, and the next start finds it where the run did not take it away.
 */
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { readJsonFileSync } from '../files/read-json-file.ts';

/** `startedAt`: UTC, ISO 8601, where the mark can be read. */
export type FormerRun =
  | { readonly kind: 'in-order-or-none' }
  | { readonly kind: 'not-in-order'; readonly startedAt: string | undefined };

export interface RunMark {
  readonly former: FormerRun;
  /** Takes the mark away, as the last thing that the run does. Never throws. */
  remove(): void;
}

const markSchema = v.object({ startedAt: v.pipe(v.string(), v.isoTimestamp()) });

/** Reads the mark of the former run and leaves one of this run. `folder`: the user's own data. Never throws. */
export function markRun(folder: string, now: Date): RunMark {
  const file = path.join(folder, 'running.json');
  const former = readFormer(file);
  // Made anew: what stands in its place may be a FIFO, which would hold the start up.
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

/** A folder that cannot be written is said elsewhere, and stops nobody here. */
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
