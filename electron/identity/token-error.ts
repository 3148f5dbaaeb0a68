/**
 * The errors of the platform's token endpoint. Several errors share a status and a code, so the texts of the real server
 * tell them apart.
 * Source: NHSDigital, identity-service-api; NHS England, "User-restricted RESTful APIs"; Chromium,
 * `HttpNetworkTransaction::ShouldResendRequest`.
 */
import * as v from 'valibot';
import { type Fault, makeFault, signInDetails } from '../../shared/fault.ts';
import { newReference, readServiceReference } from '../diagnostics/reference.ts';
import type { ApiResponse } from '../network/api-response.ts';
import { readJson } from '../network/body.ts';
import { clockFault, interceptedFault } from './identity-fault.ts';

export interface TokenRefusal {
  readonly fault: Fault;
  /**
   * `never`: the sign-in is used up. `later`: the same request may succeed after a pause. `now`: one more attempt with a
   * new assertion may succeed at once.
   */
  readonly retry: 'never' | 'later' | 'now';
}

const errorResponse = v.object({
  error: v.fallback(v.string(), ''),
  error_description: v.fallback(v.string(), ''),
  message_id: v.fallback(v.string(), ''),
});

/** `clockDifferenceSeconds`: already learned from the `Date` header of this refusal. */
export function readTokenError(
  { status, contentType, body }: Extract<ApiResponse, { kind: 'answered' }>,
  clockDifferenceSeconds: number,
): TokenRefusal {
  const parsed = v.safeParse(errorResponse, readJson(body));
  const { error, error_description: description, message_id } = parsed.success ? parsed.output : noTexts;
  const reference = readServiceReference(message_id) ?? newReference(`HTTP ${status}`);
  if (status === 429) return later(makeFault('busy', reference));
  if (status >= 500) return later(makeFault('service-failing', reference));
  if (!parsed.success) {
    const isPage = contentType === 'text/html';
    return later(
      isPage
        ? interceptedFault('the NHS platform', reference)
        : makeFault('answer-not-understood', reference),
    );
  }
  if (error === 'public_key error' || /'kid' header in client_assertion/.test(description)) {
    return never(makeFault('signing-key-unavailable', reference));
  }
  if (/client_assertion/.test(description) && /has expired|in future/.test(description)) {
    // The clock difference has been learned from the `Date` header of this refusal.
    return { fault: clockFault(clockDifferenceSeconds, reference), retry: 'now' };
  }
  // Every assertion has a new `jti`, but Chromium repeats a request by itself when a kept-alive connection breaks: this
  // may be the answer to the second of two requests. Nothing is wrong with the sign-in.
  if (/Non-unique 'jti'/.test(description)) {
    return {
      fault: makeFault('sign-in-failed', reference, signInDetails.platformRefusedSignIn),
      retry: 'now',
    };
  }
  if (error === 'invalid_grant' || /subject_token JWT - JWT has expired/.test(description)) {
    return never(makeFault('signed-out', reference));
  }
  // The real cause: no granted scope fits the assurance level, or the application has no subscription to the API.
  if (error === 'unauthorized_client')
    return never(makeFault('assurance-too-low', reference, signInDetails.platformNotGranted));
  if (error === 'access_denied')
    return never(makeFault('denied', reference, signInDetails.platformRefusedApplication));
  return never(makeFault('sign-in-failed', reference, signInDetails.platformRefusedSignIn));
}

const noTexts = { error: '', error_description: '', message_id: '' };

function later(fault: Fault): TokenRefusal {
  return { fault, retry: 'later' };
}

function never(fault: Fault): TokenRefusal {
  return { fault, retry: 'never' };
}
