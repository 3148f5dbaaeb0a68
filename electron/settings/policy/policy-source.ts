/** What a place of policy holds: raw values by name, or that it holds none, or that it could not be read. */
import type { RawValue } from './policy-value.ts';

export type PolicySource =
  | { readonly kind: 'absent' }
  | {
      readonly kind: 'read';
      /** The file or the registry key, so that a value that is wrong is looked for where it is. */
      readonly place: string;
      readonly values: ReadonlyMap<string, RawValue>;
    }
  /** Unknown, which is not the same as absent. */
  | { readonly kind: 'failed'; readonly problem: string }
  /** Others than an administrator may have written it, or taken it away: what was kept from before is no better. */
  | { readonly kind: 'untrusted'; readonly problem: string };
