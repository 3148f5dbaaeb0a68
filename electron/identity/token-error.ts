/**
 * The errors of the platform's token endpoint, told apart by the words of the real server, because several share a
 * status and a code.
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
  /** `never`: the sign-in itself is used up. `later`: the same may work later. */
  readonly retry: 'never' | 'later';
  /** Worth one more attempt, signed afresh: the same assertion is never sent again. */
  readonly again?: 'at-once' | 'after-a-pause';
}

const errorResponse = v.object({
  error: v.fallback(v.string(), ''),
  error_description: v.fallback(v.string(), ''),
  message_id: v.fallback(v.string(), ''),
});

/** `clockDifference` in seconds, as the refusal itself has told it. */
export function readTokenError(
  { status, contentType, body }: Extract<ApiResponse, { kind: 'answered' }>,
  clockDifference: number,
): TokenRefusal {
  const parsed = v.safeParse(errorResponse, readJson(body));
  const { error, error_description: description, message_id } = parsed.success ? parsed.output : noWords;
  const reference = readServiceReference(message_id) ?? newReference(`HTTP ${status}`);
  if (status === 429) return { ...passing(makeFault('busy', reference)), again: 'after-a-pause' };
  if (status >= 500) return passing(makeFault('service-failing', reference));
  if (!parsed.success) {
    const isPage = contentType === 'text/html';
    return passing(
      isPage
        ? interceptedFault('the NHS platform', reference)
        : makeFault('answer-not-understood', reference),
    );
  }
  if (error === 'public_key error' || /'kid' header in client_assertion/.test(description)) {
    return final(makeFault('signing-key-unavailable', reference));
  }
  if (/client_assertion/.test(description) && /has expired|in future/.test(description)) {
    // The refusal itself brought a `Date` header: the clock is right by now.
    return { ...passing(clockFault(clockDifference, reference)), again: 'at-once' };
  }
  // Every assertion is signed afresh, but Chromium sends a request again by itself when a connection that was kept alive
  // breaks: this may be the answer to the second of two. Nothing is wrong with the sign-in.
  if (/Non-unique 'jti'/.test(description)) {
    return {
      ...passing(makeFault('sign-in-failed', reference, signInDetails.platformRefusedSignIn)),
      again: 'at-once',
    };
  }
  if (error === 'invalid_grant' || /subject_token JWT - JWT has expired/.test(description)) {
    return final(makeFault('signed-out', reference));
  }
  // In truth: no granted scope fits the assurance level, or the API is not subscribed to.
  if (error === 'unauthorized_client')
    return final(makeFault('assurance-too-low', reference, signInDetails.platformNotGranted));
  if (error === 'access_denied')
    return final(makeFault('denied', reference, signInDetails.platformRefusedApplication));
  return final(makeFault('sign-in-failed', reference, signInDetails.platformRefusedSignIn));
}

const noWords = { error: '', error_description: '', message_id: '' };

function passing(fault: Fault): TokenRefusal {
  return { fault, retry: 'later' };
}

function final(fault: Fault): TokenRefusal {
  return { fault, retry: 'never' };
}
