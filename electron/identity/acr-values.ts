import type { Environment } from '../settings/environment.ts';

/** `step-up`: after a sign-in that was not strong enough for this site, the platform or a service. */
export type AcrRequest = 'default' | 'step-up';

/**
 * The way of signing in that Care Identity is asked for. Level 2 (a passkey, NHS.net Connect, an authenticator app) is enough
 * for PDS since February 2026; a site that demands level 3 asks for it from the start, so that no user signs in for nothing.
 * Source: NHS CIS2 guidance, `acr_values`.
 */
export function acrValuesFor(
  {
    acrValues,
    strongestAcrValues,
    leastAuthenticationAssurance,
  }: Pick<Environment['cis2'], 'acrValues' | 'strongestAcrValues' | 'leastAuthenticationAssurance'>,
  request: AcrRequest,
): string {
  if (request === 'step-up') return strongestAcrValues;
  return acrValues ?? (leastAuthenticationAssurance >= 3 ? strongestAcrValues : 'AAL2_OR_AAL3_ANY');
}
