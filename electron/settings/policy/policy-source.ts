/** What a place of policy holds: raw values by name, or that it holds none, or that it could not be read. */
import type { RawValue } from './policy-value.ts';

export type PolicySource =
  | { readonly kind: 'absent' }
  | { readonly kind: 'read'; readonly values: ReadonlyMap<string, RawValue> }
  /** Unknown, which is not the same as absent. */
  | { readonly kind: 'failed'; readonly problem: string };
