/**
 * Checks that the entries reach as far as the tail marker says. The marker is read before the files and again after them,
 * because a viewer may still be writing. The viewer writes an entry first and then the marker, so the files must contain
 * the entry of the first reading; the entry of the second reading may have been written in between.
 */
import { type ChainEnd, chainStart } from './entry.ts';
import type { TailMarkerRead } from './trail-folder.ts';
import { describeEntryRange, type VerificationIssue } from './verification-issue.ts';

export interface TailMarkers {
  readonly before: TailMarkerRead;
  readonly after: TailMarkerRead;
}

export interface KeptHashes {
  keep(entry: ChainEnd): void;
  of(seq: number): string | undefined;
}

/**
 * Keeps the hashes that the checks at the end can need: of the numbers that are known before, and of the last entries, since
 * the tail marker of a viewer that writes meanwhile is at most one entry behind what was read.
 */
export function keepHashes(known: readonly (number | undefined)[]): KeptHashes {
  const wanted = new Map<number, string>();
  const recent: ChainEnd[] = [];
  return {
    keep({ seq, hash }) {
      if (known.includes(seq)) wanted.set(seq, hash);
      recent.push({ seq, hash });
      if (recent.length > 4) recent.shift();
    },
    of: (seq) => recent.findLast((entry) => entry.seq === seq)?.hash ?? wanted.get(seq),
  };
}

/** `hashOf` returns the hash of an entry that was read, by its number. */
export function checkTailMarkers(
  end: ChainEnd,
  markers: TailMarkers,
  hashOf: (seq: number) => string | undefined,
): readonly VerificationIssue[] {
  if (markers.after.kind !== 'read')
    return [problem(`The end mark ${describeUnread(markers.after)}: entries at the end may be missing.`)];
  const after = markers.after.marker;
  const atLeast = markers.before.kind === 'read' ? markers.before.marker : after;
  const replaced = [atLeast, after].filter(({ seq, hash }) => {
    const found = seq === chainStart.seq ? chainStart.hash : hashOf(seq);
    return found !== undefined && found !== hash;
  });
  return [
    ...checkReach(end, atLeast.seq, after.seq),
    ...[...new Set(replaced.map(({ seq }) => seq))].map((seq) =>
      problem(`Entry ${seq} is not the one that was written.`),
    ),
  ];
}

function describeUnread(read: Exclude<TailMarkerRead, { kind: 'read' }>): string {
  switch (read.kind) {
    case 'missing':
      return 'is missing';
    case 'damaged':
      return 'is damaged';
    case 'unreadable':
      return read.problem;
  }
}

function checkReach(end: ChainEnd, atLeast: number, after: number): readonly VerificationIssue[] {
  if (atLeast > end.seq) return [problem(`${describeEntryRange(end.seq + 1, atLeast)} missing at the end.`)];
  const behind = end.seq - after;
  if (behind === 1)
    return [note('The end mark is one entry behind: the viewer was stopped while it wrote, or is writing.')];
  if (behind > 1)
    return [
      note(
        `The end mark is ${behind} entries behind, as in a copy whose end mark was copied before its files.`,
      ),
    ];
  if (behind < 0) return [note(`Written while the trail was read, and not looked at: up to entry ${after}.`)];
  return [];
}

const problem = (text: string): VerificationIssue => ({ kind: 'problem', text });
const note = (text: string): VerificationIssue => ({ kind: 'note', text });
