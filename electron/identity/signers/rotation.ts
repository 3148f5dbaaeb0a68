/**
 * Key rotation with an overlap. The next key signs from its start time on. If it cannot sign, the previous key still
 * does, as long as the site keeps that key in the environment and in its published JWKS.
 */
import type { Signer, SigningKey } from './signer.ts';

export interface NextKey {
  readonly key: SigningKey;
  /** The start time, in milliseconds since the epoch. */
  readonly from: number;
}

/** `now` by the services' clock, because the platform must already know the next key. */
export function createRotatingSigner(key: SigningKey, next: NextKey | undefined, now: () => Date): Signer {
  if (next === undefined) return { candidates: () => [key], all: [key] };
  return {
    candidates: () => (now().getTime() >= next.from ? [next.key, key] : [key]),
    all: [key, next.key],
  };
}
