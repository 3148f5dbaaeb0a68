/**
 * What a request of the main process can end in. The network layer reads the body itself, within limits of time and
 * size, so that no caller ever holds half an answer.
 */

import type { ProxyLoginProblem } from './proxy-login.ts';

export interface ApiRequest {
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** Form or JSON text. */
  readonly body?: string;
  /** Aborts the request: the patient was changed, the viewer locked or the user signed out. */
  readonly signal?: AbortSignal;
  /** Milliseconds until the whole answer, body and all, must have been read. */
  readonly timeout: number;
  /** `false`: nothing on its way sends it a second time, not even Chromium (H4). `true` where it is left out. */
  readonly repeatable?: boolean;
}

export type ApiResponse =
  | {
      readonly kind: 'answered';
      readonly status: number;
      /** Lower case, without parameters: `application/fhir+json`. The empty text if there was none. */
      readonly contentType: string;
      /** The whole body, as it came; `body.ts` reads it. */
      readonly body: Uint8Array<ArrayBuffer>;
      /** Seconds, from a `Retry-After` header. */
      readonly retryAfter: number | undefined;
    }
  | FailedResponse;

export interface FailedResponse {
  readonly kind: 'failed';
  readonly fault:
    | 'offline'
    | 'proxy'
    | 'untrusted-certificate'
    | 'unexpected-issuer'
    | 'timed-out'
    | 'answer-not-understood'
    | 'aborted'
    | 'signed-out'
    | 'service-failing'
    /** Nothing was sent: the sign-in had to be renewed first, and could not be. */
    | 'busy'
    | 'clock-wrong'
    | 'signing-key-unavailable';
  /**
   * `no`: nothing can have reached the service. `unknown`: it may have acted on the request, so an unscheduled query
   * may already have notified the local authority (H4).
   */
  readonly delivered: 'no' | 'unknown';
  /** A network error's own name, such as `net::ERR_CONNECTION_REFUSED`. Never a URL, never a header. */
  readonly detail: string;
  /** With `proxy`: it asked for a log-in. */
  readonly logInProblem?: ProxyLoginProblem;
}

/** A request that is given an access token on its way out. The only thing that `electron/identity` hands out. */
export interface AuthorisedRequest extends Omit<ApiRequest, 'method' | 'body'> {
  /**
   * Never left out here. When the service answers 401, the sign-in is renewed once in either case, but only what is
   * repeatable is then sent again.
   */
  readonly repeatable: boolean;
}

export type AuthorisedFetch = (request: AuthorisedRequest) => Promise<ApiResponse>;
