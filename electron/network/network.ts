/**
 * The one way out of the main process. Every answer is read whole within a limit of time and of size before anybody
 * sees it, so that a slow, endless or broken-off body is a fault and never half an answer (H2).
 */
import type { ApiAnswer, ApiRequest, FailedAnswer } from './answer.ts';
import type { ClockSkew } from './clock-skew.ts';
import { describeNetworkError, NetworkFailure } from './network-failure.ts';

/** The largest body that is read: 5,000 FHIR entries are about 8 MB. */
const largestBody = 32 * 1024 * 1024;

/** The part of the fetch standard that is used here; `session.fetch` of Electron fits it. */
export type Fetch = (url: string, options: RequestInit) => Promise<Response>;

export interface Network {
  /** Sends one request and reads its whole answer. Never throws. */
  request(request: ApiRequest): Promise<ApiAnswer>;
  /** The same, as openid-client's `customFetch`. Throws `NetworkFailure`. */
  fetch(timeout: number): Fetch;
}

export interface NetworkDependencies {
  readonly fetch: Fetch;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly clockSkew: ClockSkew;
}

export function createNetwork({ fetch, now, clockSkew }: NetworkDependencies): Network {
  async function exchange(
    url: string,
    options: RequestInit,
    timeout: number,
  ): Promise<{ readonly response: Response; readonly body: Uint8Array<ArrayBuffer> }> {
    const abort = new AbortController();
    const outer = options.signal ?? undefined;
    if (outer?.aborted === true) throw new NetworkFailure(aborted('no'));
    const onAbort = () => abort.abort(new NetworkFailure(aborted('maybe')));
    outer?.addEventListener('abort', onAbort, { once: true });
    const timer = setTimeout(() => abort.abort(new NetworkFailure(timedOut)), timeout);
    const startedAt = now();
    try {
      const response = await raceAbort(
        fetch(url, { ...options, redirect: 'error', signal: abort.signal }),
        abort.signal,
      );
      const receivedAt = now();
      clockSkew.learn(response.headers.get('date'), receivedAt, receivedAt - startedAt);
      return { response, body: await readBody(response, abort.signal) };
    } catch (error) {
      // An abort's own reason says more than the error that fetch makes of it.
      const reason: unknown = abort.signal.aborted ? abort.signal.reason : error;
      throw reason instanceof NetworkFailure ? reason : new NetworkFailure(describeNetworkError(reason));
    } finally {
      clearTimeout(timer);
      outer?.removeEventListener('abort', onAbort);
    }
  }

  return {
    async request({ method, url, headers, body, signal, timeout }) {
      try {
        const options: RequestInit = {
          method,
          headers,
          credentials: 'omit',
          ...(body === undefined ? {} : { body }),
          ...(signal === undefined ? {} : { signal }),
        };
        const { response, body: bytes } = await exchange(url.href, options, timeout);
        if (response.status === 407) {
          return { kind: 'failed', fault: 'proxy', reached: 'no', detail: 'HTTP 407' };
        }
        return {
          kind: 'answered',
          status: response.status,
          contentType:
            (response.headers.get('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '',
          body: decodeUtf8(bytes),
          retryAfter: readRetryAfter(response.headers.get('retry-after'), now()),
        };
      } catch (error) {
        return error instanceof NetworkFailure
          ? error.answer
          : { kind: 'failed', fault: 'answer-not-understood', reached: 'maybe', detail: 'body not readable' };
      }
    },
    fetch: (timeout) => async (url, options) => {
      const { response, body } = await exchange(url, options, timeout);
      if (response.status === 407) {
        throw new NetworkFailure({ kind: 'failed', fault: 'proxy', reached: 'no', detail: 'HTTP 407' });
      }
      const bodyless = response.status === 204 || response.status === 205 || response.status === 304;
      return new Response(bodyless ? null : body, { status: response.status, headers: response.headers });
    },
  };
}

const timedOut: FailedAnswer = { kind: 'failed', fault: 'timed-out', reached: 'maybe', detail: 'time limit' };

function aborted(reached: FailedAnswer['reached']): FailedAnswer {
  return { kind: 'failed', fault: 'aborted', reached, detail: 'aborted' };
}

/** Some runtimes settle a fetch late after an abort; the caller must not wait for it. */
function raceAbort<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    work.then(resolve, reject);
  });
}

async function readBody(response: Response, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
  if (response.body === null) return new Uint8Array();
  const reader = response.body.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await raceAbort(reader.read(), signal);
    if (done) break;
    length += value.byteLength;
    if (length > largestBody) {
      await reader.cancel();
      throw new NetworkFailure({
        kind: 'failed',
        fault: 'answer-not-understood',
        reached: 'maybe',
        detail: 'answer too large',
      });
    }
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

/** A body that was broken off is a fault even where the network stack lets it pass (H2). */
function checkLength(response: Response, received: number): void {
  const announced = response.headers.get('content-length');
  const encoded = response.headers.has('content-encoding');
  if (announced === null || encoded || response.status === 304 || Number(announced) === received) return;
  throw new NetworkFailure({
    kind: 'failed',
    fault: 'answer-not-understood',
    reached: 'maybe',
    detail: 'answer broken off',
  });
}

/** Text that is not UTF-8 throws: a replacement character could hide what a name was. */
function decodeUtf8(bytes: Uint8Array<ArrayBuffer>): string {
  return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
}

/** Seconds, from a number or an HTTP date (RFC 9110, section 10.2.3). */
function readRetryAfter(header: string | null, now: number): number | undefined {
  if (header === null) return undefined;
  if (/^\d{1,6}$/.test(header)) return Number(header);
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, Math.round((date - now) / 1_000));
}
