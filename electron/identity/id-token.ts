/**
 * Checks the claims of the ID token that openid-client does not check: the assurance levels, and `auth_time`, so that
 * the user has just authenticated. openid-client checks issuer, audience, times, nonce and signature.
 * Source: NHS CIS2 guidance, "ID token"; a level is a number or a text.
 */
import * as v from 'valibot';
import { signInDetails } from '../../shared/fault.ts';
import type { Environment } from '../settings/environment.ts';
import { refuse } from './identity-fault.ts';

/** `auth_time` may be this much earlier than the request, because both are rounded to seconds. */
const authTimeLeewaySeconds = 60;

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

/** Throws `IdentityFault`. */
export function readIdTokenClaims(claims: unknown): IdTokenClaims {
  const parsed = v.safeParse(schema, claims);
  return parsed.success ? parsed.output : refuse('sign-in-failed', 'ID token claims');
}

/**
 * On a shared workstation no sign-in may reuse the session of the previous user (H14): the user must have authenticated
 * during this sign-in. Both times are Care Identity's own, so a wrong clock of this computer changes nothing.
 */
export function checkFreshness({ iat, auth_time }: IdTokenClaims, elapsedSeconds: number): void {
  if (auth_time < iat - elapsedSeconds - authTimeLeewaySeconds) refuse('sign-in-failed', 'auth_time');
}

/** Throws `IdentityFault` for a level below the site's. */
export function checkAssurance(claims: IdTokenClaims, settings: Environment['cis2']): void {
  if (claims.id_assurance_level < settings.leastIdentityAssurance) {
    refuse('assurance-too-low', 'identity', signInDetails.identityTooLow);
  }
  if (claims.authentication_assurance_level < settings.leastAuthenticationAssurance) {
    refuse('assurance-too-low', 'authentication');
  }
}
