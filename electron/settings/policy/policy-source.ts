/** The result of reading one source of policy: raw values by name, no policy, or a failure. */
import type { RawValue } from './policy-value.ts';

export type PolicySource =
  | { readonly kind: 'absent' }
  | {
      readonly kind: 'read';
      /** The file or the registry key; a message about a wrong value names it. */
      readonly place: string;
      readonly values: ReadonlyMap<string, RawValue>;
    }
  /** The policy is unknown, which differs from `absent`. */
  | { readonly kind: 'failed'; readonly problem: string }
  /** A user without administrator rights may have written or removed it, so the last good copy does not apply either. */
  | { readonly kind: 'untrusted'; readonly problem: string };

/**
 * How long a program of the system may take to read a policy. A workstation in the minute of its log-on is slow; after the
 * limit the source counts as failed, and without an earlier copy no user may sign in until the next start.
 */
export const programLimitMs = 20_000;
