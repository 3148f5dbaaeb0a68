/**
 * Requests of the main process and their results. The network layer reads the whole body within limits of time and size,
 * so that no caller gets an incomplete response.
 */

import type { ProxyLoginProblem } from './proxy-login.ts';

export interface ApiRequest {
  /** `HEAD`: only to open a connection. */
  readonly method: 'GET' | 'POST' | 'HEAD';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** Form or JSON text. */
  readonly body?: string;
  /** Aborts the request, for instance when the patient changes, the viewer locks or the user signs out. */
  readonly signal?: AbortSignal;
  /** The whole response, including its body, must have been read within this many milliseconds. */
  readonly timeoutMs: number;
  /** `false`: nothing on its way sends it a second time, not even Chromium (H4). `true` where it is left out. */
  readonly repeatable?: boolean;
}

export type ApiResponse =
  | {
      readonly kind: 'answered';
      readonly status: number;
      /** In lower case and without parameters: `application/fhir+json`. Empty where the response has none. */
      readonly contentType: string;
      /** The whole body, undecoded; `body.ts` decodes it. */
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
    | 'answered-in-its-place'
    | 'untrusted-certificate'
    | 'unexpected-issuer'
    | 'timed-out'
    | 'answer-not-understood'
    | 'aborted'
    | 'signed-out'
    | 'service-failing'
    /** Not sent: the tokens had to be renewed first, and the renewal failed. */
    | 'busy'
    | 'clock-wrong'
    | 'signing-key-unavailable';
  /**
   * `no`: the request cannot have reached the service. `unknown`: the service may have carried it out, so an unscheduled
   * query may already have notified the local authority (H4).
   */
  readonly delivered: 'no' | 'unknown';
  /** The name of the network error, such as `net::ERR_CONNECTION_REFUSED`. Never a URL, never a header. */
  readonly detail: string;
  /** With `proxy`: why the proxy got no log-in that it accepts. */
  readonly logInProblem?: ProxyLoginProblem;
}

/** A request to which `electron/identity` adds an access token. */
export interface AuthorisedRequest extends Omit<ApiRequest, 'method' | 'body'> {
  /**
   * Never left out here. When the service answers 401, the sign-in is renewed once in either case, but only what is
   * repeatable is then sent again.
   */
  readonly repeatable: boolean;
}

export type AuthorisedFetch = (request: AuthorisedRequest) => Promise<ApiResponse>;
