/**
 * What the ID token must say beside what openid-client checks (issuer, audience, times, nonce, signature): how sure
 * Care Identity is of the person, and that it has just asked them.
 * Source: NHS CIS2 guidance, "ID token"; the levels come as a number or as a text.
 */
import * as v from 'valibot';
import { signInDetails } from '../../shared/fault.ts';
import type { Environment } from '../settings/environment.ts';
import { refuse } from './identity-fault.ts';

/** How far `auth_time` may lie before the sign-in was asked for: it is a whole number of seconds. Seconds. */
const authTimeLeeway = 60;

const level = v.pipe(
  v.union([v.number(), v.pipe(v.string(), v.regex(/^\d$/), v.transform(Number))]),
  v.integer(),
);

const schema = v.object({
  sub: v.pipe(v.string(), v.minLength(1)),
  iat: v.number(),
  selected_roleid: v.optional(v.nullable(v.string())),
  authentication_assurance_level: level,
  id_assurance_level: level,
  auth_time: v.number(),
});

export type IdTokenClaims = v.InferOutput<typeof schema>;

export function readIdTokenClaims(claims: unknown): IdTokenClaims {
  const parsed = v.safeParse(schema, claims);
  return parsed.success ? parsed.output : refuse('sign-in-failed', 'ID token claims');
}

/**
 * A shared workstation must never reuse the session of the user before (H14): they were asked for this sign-in and
 * not earlier. Both times are Care Identity's own, so that a wrong clock here changes nothing.
 */
export function checkFreshness({ iat, auth_time }: IdTokenClaims, secondsTaken: number): void {
  if (auth_time < iat - secondsTaken - authTimeLeeway) refuse('sign-in-failed', 'auth_time');
}

export function checkAssurance(claims: IdTokenClaims, settings: Environment['cis2']): void {
  if (claims.id_assurance_level < settings.leastIdentityAssurance) {
    refuse('assurance-too-low', 'identity', signInDetails.identityTooLow);
  }
  if (claims.authentication_assurance_level < settings.leastAuthenticationAssurance) {
    refuse('assurance-too-low', 'authentication');
  }
}
