/**
 * Turns an error of signing in into a fault. The fields of openid-client's errors can hold tokens and authorisation
 * codes: this code reads error codes and statuses only, and shows no message or body.
 * Source: openid-client 6, "Errors"; RFC 6749, sections 4.1.2.1 and 5.2; OpenID Connect Core, section 3.1.2.6.
 */
import { type Fault, makeFault, signInDetails } from '../../shared/fault.ts';
import { newReference } from '../diagnostics/reference.ts';
import { NetworkFailure } from '../network/network-failure.ts';
import { describeFailedResponse, IdentityFault, interceptedFault } from './identity-fault.ts';
import { SigningKeyUnavailable } from './signers/signer.ts';

/** Takes anything that was thrown. */
export function describeSignInError(error: unknown): Fault {
  const known = findKnown(error);
  if (known !== undefined) return known;
  const reference = newReference(readText(error, 'code'));
  // By `code`, since the build shortens the class names that `name` repeats.
  if (readText(error, 'code') === 'OAUTH_AUTHORIZATION_RESPONSE_ERROR') {
    return describeRefusal(readText(error, 'error'), reference);
  }
  const response = causingResponse(error);
  const status = response?.status ?? readNumber(error, 'status');
  if (status === 429) return makeFault('busy', reference);
  if (status >= 500) return makeFault('service-failing', reference);
  if (response?.headers.get('content-type')?.startsWith('text/html')) {
    return interceptedFault('Care Identity', reference);
  }
  switch (readText(error, 'code')) {
    case 'OAUTH_RESPONSE_IS_NOT_JSON':
    case 'OAUTH_PARSE_ERROR':
      return makeFault('answer-not-understood', reference);
    default:
      return isClientRefusal(error) ? clientRefused(reference) : makeFault('sign-in-failed', reference);
  }
}

/** The token endpoint did not accept this application; the authorisation code is still valid. */
export function isClientRefusal(error: unknown): boolean {
  return ['invalid_client', 'unauthorized_client'].includes(readText(error, 'error'));
}

/** The token endpoint refused the times in the client's assertion. */
export function isAboutTime(error: unknown): boolean {
  return /expired|future|not yet|too old/i.test(readText(error, 'error_description'));
}

/** The times in the ID token do not fit the clock. */
export function isTimestampError(error: unknown): boolean {
  return readText(error, 'code') === 'OAUTH_JWT_TIMESTAMP_CHECK_FAILED';
}

/** A fault of our own: the library wraps errors that our fetch throws inside it. */
function findKnown(error: unknown): Fault | undefined {
  for (let each = error, depth = 0; each instanceof Error && depth < 5; each = each.cause, depth += 1) {
    if (each instanceof IdentityFault) return each.fault;
    if (each instanceof NetworkFailure) return describeFailedResponse(each.answer);
    if (each instanceof SigningKeyUnavailable) {
      return makeFault('signing-key-unavailable', newReference(each.message));
    }
  }
  return undefined;
}

function describeRefusal(error: string, reference: string): Fault {
  switch (error) {
    case 'access_denied':
    case 'login_required':
    case 'interaction_required':
    case 'account_selection_required':
    case 'consent_required':
      return makeFault('sign-in-cancelled', reference);
    case 'unmet_authentication_requirements':
      return makeFault('assurance-too-low', reference);
    case 'temporarily_unavailable':
    case 'server_error':
      return makeFault('service-failing', reference);
    case 'unauthorized_client':
      return clientRefused(reference);
    default:
      return makeFault('sign-in-failed', reference);
  }
}

function clientRefused(reference: string): Fault {
  return makeFault('sign-in-failed', reference, signInDetails.applicationRefused);
}

/** openid-client sets the response that it could not accept as the error's cause. */
function causingResponse(error: unknown): Response | undefined {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Response ? cause : undefined;
}

function readText(error: unknown, key: string): string {
  const value: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, key) : undefined;
  return typeof value === 'string' ? value : '';
}

function readNumber(error: unknown, key: string): number {
  const value: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, key) : undefined;
  return typeof value === 'number' ? value : 0;
}
