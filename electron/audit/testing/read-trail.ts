import type { Entry } from '../entry.ts';
import { type TrailReport, verifyTrail } from '../verify.ts';

export interface ReadTrail extends Omit<TrailReport, 'entries'> {
  readonly entries: readonly Entry[];
}

/** A whole trail in memory, as tests look at it. */
export function readTrail(folder: string, from?: string): ReadTrail {
  const entries: Entry[] = [];
  const report = verifyTrail(folder, { from, onEntry: (entry) => entries.push(entry) });
  return { ...report, entries };
}
