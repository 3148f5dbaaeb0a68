/**
 * Going over from one key to the next with an overlap. The next one signs from its hour on; should it not be able to,
 * the one before still does, for as long as the site leaves it in the environment and in its published JWKS.
 */
import type { Signer, SigningKey } from './signer.ts';

export interface NextKey {
  readonly key: SigningKey;
  /** Milliseconds since the epoch. */
  readonly from: number;
}

/** `now` in milliseconds since the epoch, by the services' clock: the platform is the one that must know the key. */
export function createRotatingSigner(key: SigningKey, next: NextKey | undefined, now: () => number): Signer {
  if (next === undefined) return { candidates: () => [key], all: [key] };
  return {
    candidates: () => (now() >= next.from ? [next.key, key] : [key]),
    all: [key, next.key],
  };
}
