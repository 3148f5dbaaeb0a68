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
