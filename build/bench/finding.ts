/** One thing that was looked into, and whether it is as it should be. */
export interface Finding {
  readonly holds: boolean;
  readonly sentence: string;
}
