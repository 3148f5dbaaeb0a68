import type { ApiRequest, ApiResponse, FailedResponse } from './api-response.ts';
import type { ClockSkew } from './clock-skew.ts';
import { parseHttpDate } from './http-date.ts';
import { describeNetworkError, NetworkFailure } from './network-failure.ts';

/** 5,000 FHIR entries are about 8 MB. */
const largestBodyBytes = 32 * 1024 * 1024;

interface FetchOptions extends RequestInit {
  readonly body?: string;
  /** As of `ApiRequest`. */
  readonly repeatable?: boolean;
}

/** The part of the fetch standard that the network uses. */
export type Fetch = (url: string, options: FetchOptions) => Promise<Response>;

export interface Network {
  /** Sends one request and reads the whole response. Never throws. */
  request(request: ApiRequest): Promise<ApiResponse>;
  /** The same, as openid-client's `customFetch`. Throws `NetworkFailure`. */
  fetch(timeoutMs: number): Fetch;
}

export interface NetworkDependencies {
  readonly fetch: Fetch;
  readonly now: () => Date;
  readonly clockSkew: ClockSkew;
}

interface WholeResponse {
  readonly response: Response;
  readonly body: Uint8Array<ArrayBuffer>;
}

/**
 * Sends every request of the main process. The network reads each response completely, within limits of time and size,
 * before the caller gets it, so that a slow, endless or truncated body is a fault and never an incomplete response (H2).
 */
export function createNetwork({ fetch, now, clockSkew }: NetworkDependencies): Network {
  /** Throws `NetworkFailure` and nothing else. */
  async function exchange(url: string, options: FetchOptions, timeoutMs: number): Promise<WholeResponse> {
    const caller = options.signal ?? undefined;
    if (caller?.aborted === true) throw new NetworkFailure(aborted('no'));
    const abort = new AbortController();
    // Some runtimes settle a fetch late after an abort; this code does not wait for the fetch then.
    const interrupted = new Promise<never>((_resolve, reject) => {
      abort.signal.addEventListener('abort', () => reject(abort.signal.reason), { once: true });
    });
    interrupted.catch(() => undefined);
    const onAbort = () => abort.abort(new NetworkFailure(aborted('unknown')));
    caller?.addEventListener('abort', onAbort, { once: true });
    const timer = setTimeout(() => abort.abort(new NetworkFailure(timedOut)), timeoutMs);
    const startedAt = now().getTime();
    try {
      const sending = fetch(url, {
        ...options,
        // No service needs a cookie, and a cookie of one user must not authenticate the next (H14).
        credentials: 'omit',
        redirect: 'error',
        signal: abort.signal,
      });
      const response = await Promise.race([sending, interrupted]);
      const receivedAt = now().getTime();
      if (response.status === 407) throw new NetworkFailure(proxyRefused);
      // No service sends HTML: a proxy has sent the page, with its own time.
      if (mediaType(response.headers) !== 'text/html') {
        const { origin } = new URL(url);
        clockSkew.learn({
          origin,
          headers: response.headers,
          receivedAt,
          roundTripMs: receivedAt - startedAt,
        });
      }
      return { response, body: await Promise.race([readBody(response), interrupted]) };
    } catch (error) {
      // The reason of an abort says more than the error that fetch throws.
      const reason: unknown = abort.signal.aborted ? abort.signal.reason : error;
      const failure =
        reason instanceof NetworkFailure ? reason : new NetworkFailure(describeNetworkError(reason));
      // Stops reading the rest of the response.
      abort.abort(failure);
      throw failure;
    } finally {
      clearTimeout(timer);
      caller?.removeEventListener('abort', onAbort);
    }
  }

  return {
    async request({ method, url, headers, body, signal, timeoutMs, repeatable = true }) {
      try {
        const options: FetchOptions = {
          method,
          headers,
          repeatable,
          ...(body === undefined ? {} : { body }),
          ...(signal === undefined ? {} : { signal }),
        };
        const { response, body: read } = await exchange(url.href, options, timeoutMs);
        return {
          kind: 'answered',
          status: response.status,
          contentType: mediaType(response.headers),
          body: read,
          retryAfter: readRetryAfter(response.headers, now().getTime() + clockSkew.seconds() * 1_000),
        };
      } catch (error) {
        return error instanceof NetworkFailure ? error.answer : notUnderstood('body not readable');
      }
    },
    fetch: (timeoutMs) => async (url, options) => {
      const { response, body } = await exchange(url, options, timeoutMs);
      const bodyless = [204, 205, 304].includes(response.status);
      return new Response(bodyless ? null : body, { status: response.status, headers: response.headers });
    },
  };
}

const timedOut: FailedResponse = {
  kind: 'failed',
  fault: 'timed-out',
  delivered: 'unknown',
  detail: 'time limit',
};
const proxyRefused: FailedResponse = { kind: 'failed', fault: 'proxy', delivered: 'no', detail: 'HTTP 407' };

function aborted(delivered: FailedResponse['delivered']): FailedResponse {
  return { kind: 'failed', fault: 'aborted', delivered: delivered, detail: 'aborted' };
}

function notUnderstood(detail: string): FailedResponse {
  return { kind: 'failed', fault: 'answer-not-understood', delivered: 'unknown', detail };
}

async function readBody(response: Response): Promise<Uint8Array<ArrayBuffer>> {
  if (response.body === null) return new Uint8Array();
  const reader = response.body.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.byteLength;
    if (length > largestBodyBytes) throw new NetworkFailure(notUnderstood('answer too large'));
    chunks.push(value);
  }
  checkLength(response, length);
  const body = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    body.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return body;
}

/** A truncated body is a fault even where the network stack reports no error (H2). */
function checkLength(response: Response, received: number): void {
  const announced = response.headers.get('content-length');
  const encoded = response.headers.has('content-encoding');
  if (announced === null || encoded || response.status === 304 || Number(announced) === received) return;
  throw new NetworkFailure(notUnderstood('answer broken off'));
}

/** `application/fhir+json`, in lower case and without parameters. */
function mediaType(headers: Headers): string {
  return (headers.get('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

/** Seconds, from a number or an HTTP date (RFC 9110, section 10.2.3). */
function readRetryAfter(headers: Headers, serverNowMs: number): number | undefined {
  const header = headers.get('retry-after')?.trim();
  if (header === undefined) return undefined;
  if (/^\d{1,6}$/.test(header)) return Number(header);
  const date = parseHttpDate(header);
  return date === undefined ? undefined : Math.max(0, Math.round((date - serverNowMs) / 1_000));
}
