/** One issue that a verification found in the trail. */
export interface VerificationIssue {
  /** A note is the trace of a crash or of a viewer that is still writing; a problem has neither cause. */
  readonly kind: 'problem' | 'note';
  readonly text: string;
}

/** The beginning of a sentence about some entries. */
export function describeEntryRange(from: number, to: number): string {
  return from === to ? `entry ${from} is` : `entries ${from} to ${to} are`;
}

export interface VerificationIssues {
  add(kind: VerificationIssue['kind'], text: string): void;
  /** In the order of the trail; the last one counts those that were too many to keep. */
  all(): readonly VerificationIssue[];
}

/** A trail of which every line is damaged must not fill the memory. */
const mostIssues = 10_000;

/** Keeps the first ones; a last one counts the rest, and is a problem if one of them is. */
export function collectIssues(): VerificationIssues {
  const kept: VerificationIssue[] = [];
  let further = 0;
  let isWorstKept = true;
  return {
    add(kind, text) {
      if (kept.length < mostIssues) kept.push({ kind, text });
      else {
        further += 1;
        isWorstKept &&= kind === 'note';
      }
    },
    all: () =>
      further === 0
        ? kept
        : [...kept, { kind: isWorstKept ? 'note' : 'problem', text: `And ${further} more, not named here.` }],
  };
}
