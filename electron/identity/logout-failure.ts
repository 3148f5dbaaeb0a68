/** Why a sign-in ends, and what failed when the services were told so. */
import type { ApiResponse } from '../network/api-response.ts';

/**
 * `signed-out`: the user has finished, and the session in the browser ends too. `locked`: the user may sign in again, so
 * the session in the browser stays; only the tokens are revoked.
 */
export type EndReason = 'locked' | 'signed-out';

export interface LogoutFailure {
  readonly step:
    | 'platform-revocation'
    | 'care-identity-discovery'
    | 'care-identity-revocation'
    | 'care-identity-end-session'
    | 'unfinished';
  /** `HTTP 503`, the name of a network error, or a short text of our own. */
  readonly result: string;
}

/** A page counts as a failure: it asks the user to confirm the logout, and the user does not see it. */
export function failuresOf(step: LogoutFailure['step'], response: ApiResponse): readonly LogoutFailure[] {
  if (response.kind === 'failed') return [{ step, result: response.detail }];
  if (response.status < 200 || response.status > 299) return [{ step, result: `HTTP ${response.status}` }];
  return response.contentType === 'text/html' ? [{ step, result: 'it answered with a page' }] : [];
}
