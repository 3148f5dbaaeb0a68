/**
 * Whether the entries that were read reach as far as the end mark says. The mark is looked at before the files are read
 * and again after them, because a viewer may go on writing meanwhile. It writes an entry first and the mark then, so what
 * the first look names has to be in the files; what only the second look names was written in between.
 */
import { type ChainEnd, chainStart } from './entry.ts';
import { entriesAre, type Finding } from './finding.ts';

export interface EndMarks {
  /** `undefined`: not there, or not an end mark. */
  readonly before: ChainEnd | undefined;
  readonly after: ChainEnd | undefined;
}

/** `hashOf` an entry that was read, by its number. */
export function judgeEnd(
  end: ChainEnd,
  { before, after }: EndMarks,
  hashOf: (seq: number) => string | undefined,
): readonly Finding[] {
  if (after === undefined)
    return [problem('The end mark is missing or unreadable: entries at the end may be missing.')];
  const atLeast = before ?? after;
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

function judgeReach(end: ChainEnd, atLeast: number, after: number): readonly Finding[] {
  if (atLeast > end.seq) return [problem(`${entriesAre(end.seq + 1, atLeast)} missing at the end.`)];
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

const problem = (text: string): Finding => ({ kind: 'problem', text });
const note = (text: string): Finding => ({ kind: 'note', text });
