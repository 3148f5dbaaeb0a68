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
  | {
      readonly kind: 'not-in-order';
      readonly startedAt: string | undefined;
      readonly stop: Stop | undefined;
    };

/** An error that ended a run. */
export interface Stop {
  /** The reference of the error's fault. */
  readonly reference: string;
  /** How many runs in a row ended by an error, each within a minute of its start; at least 1. */
  readonly inARow: number;
}

export interface RunMark {
  readonly former: FormerRun;
  /** Deletes the file, as the last action of the run; keeps that of a run that `stop` was called for. Never throws. */
  remove(): void;
  /** Leaves the file of the former run as it was: a start that ends before it is over is no run. Never throws. */
  giveUp(): void;
  /** Writes down that an error ends this run. Never throws. */
  stop(reference: string, now: Date): void;
}

const markSchema = v.object({
  startedAt: v.pipe(v.string(), v.isoTimestamp()),
  stop: v.optional(
    v.object({
      reference: v.pipe(v.string(), v.maxLength(40)),
      inARow: v.pipe(v.number(), v.integer(), v.minValue(1)),
    }),
  ),
});

/** A run that ends by an error later than this after its start does not count with the runs before it. */
const shortRunMs = 60_000;

/** Reads the file of the previous run and writes one for this run. `folder`: the user-data folder. Never throws. */
export function markRun(folder: string, now: Date): RunMark {
  const file = path.join(folder, 'running.json');
  const former = readFormer(file);
  const erase = () => ignoringErrors(() => rmSync(file, { force: true }));
  const write = (startedAt: string | undefined, stop?: Stop) => {
    erase(); // and created again: a FIFO in its place would block the start
    ignoringErrors(() =>
      writeFileSync(file, JSON.stringify({ startedAt, stop }), { mode: 0o600, flag: 'wx' }),
    );
  };
  write(now.toISOString());
  let isEnded = false;
  return {
    former,
    remove() {
      if (!isEnded) erase();
      isEnded = true;
    },
    giveUp() {
      if (isEnded) return;
      if (former.kind === 'not-in-order') write(former.startedAt, former.stop);
      else erase();
      isEnded = true;
    },
    stop(reference, at) {
      isEnded = true;
      const before = former.kind === 'not-in-order' ? (former.stop?.inARow ?? 0) : 0;
      write(now.toISOString(), {
        reference,
        inARow: at.getTime() - now.getTime() < shortRunMs ? before + 1 : 1,
      });
    },
  };
}

function readFormer(file: string): FormerRun {
  const read = readJsonFileSync(file);
  if (read.kind === 'missing') return { kind: 'in-order-or-none' };
  const parsed = v.safeParse(markSchema, read.kind === 'read' ? read.value : undefined);
  if (!parsed.success) return { kind: 'not-in-order', startedAt: undefined, stop: undefined };
  return { kind: 'not-in-order', startedAt: parsed.output.startedAt, stop: parsed.output.stop };
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
    case 'not-in-order': {
      const error =
        former.stop === undefined ? '' : `, ended by an error, reference ${former.stop.reference}`;
      return former.startedAt === undefined
        ? 'DID NOT END IN ORDER'
        : `DID NOT END IN ORDER (started ${former.startedAt}${error})`;
    }
  }
}
