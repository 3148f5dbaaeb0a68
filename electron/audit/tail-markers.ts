/**
 * Whether the entries that were read reach as far as the end mark says. The mark is looked at before the files are read
 * and again after them, because a viewer may go on writing meanwhile. It writes an entry first and the mark then, so what
 * the first look names has to be in the files; what only the second look names was written in between.
 */
import { type ChainEnd, chainStart } from './entry.ts';
import type { EndMarkRead } from './trail-folder.ts';
import { describeEntryRange, type VerificationIssue } from './verification-issue.ts';

export interface TailMarkers {
  readonly before: EndMarkRead;
  readonly after: EndMarkRead;
}

/** `hashOf` an entry that was read, by its number. */
export function checkTailMarkers(
  end: ChainEnd,
  marks: TailMarkers,
  hashOf: (seq: number) => string | undefined,
): readonly VerificationIssue[] {
  if (marks.after.kind !== 'read')
    return [problem(`The end mark ${whyNot(marks.after)}: entries at the end may be missing.`)];
  const after = marks.after.mark;
  const atLeast = marks.before.kind === 'read' ? marks.before.mark : after;
  const replaced = [atLeast, after].filter(({ seq, hash }) => {
    const found = seq === chainStart.seq ? chainStart.hash : hashOf(seq);
    return found !== undefined && found !== hash;
  });
  return [
    ...judgeReach(end, atLeast.seq, after.seq),
    ...[...new Set(replaced.map(({ seq }) => seq))].map((seq) =>
      problem(`Entry ${seq} is not the one that was written.`),
    ),
  ];
}

function whyNot(read: Exclude<EndMarkRead, { kind: 'read' }>): string {
  switch (read.kind) {
    case 'missing':
      return 'is missing';
    case 'damaged':
      return 'is damaged';
    case 'unreadable':
      return read.problem;
  }
}

function judgeReach(end: ChainEnd, atLeast: number, after: number): readonly VerificationIssue[] {
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
