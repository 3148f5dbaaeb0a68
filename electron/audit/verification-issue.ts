/** What a verification says of one place of the trail. */
export interface VerificationIssue {
  /** A note is what a crash leaves, or a viewer that goes on writing; a problem is what neither does. */
  readonly kind: 'problem' | 'note';
  readonly text: string;
}

/** The beginning of a sentence about some entries. */
export function describeEntryRange(from: number, to: number): string {
  return from === to ? `entry ${from} is` : `entries ${from} to ${to} are`;
}
