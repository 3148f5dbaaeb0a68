import { setTimeout as delay } from 'node:timers/promises';
import type { ApiResponse, AuthorisedFetch } from '../../network/api-response.ts';

/** Resolves after the time, or at once when the signal aborts. Never rejects. */
export type Wait = (milliseconds: number, signal: AbortSignal) => Promise<void>;

/** Waits in real time. */
export const wait: Wait = async (milliseconds, signal) => {
  await delay(milliseconds, undefined, { signal, ref: false }).catch(() => undefined);
};

export interface TransportDependencies {
  readonly fetch: AuthorisedFetch;
  readonly now: () => Date;
  readonly newId: () => string;
  readonly wait: Wait;
  /** At least 0 and less than 1, as `Math.random`. */
  readonly random: () => number;
  readonly timeoutMs: number;
}

export interface ServiceRequest {
  readonly url: URL;
  /** Beside those that every request carries. */
  readonly headers: Readonly<Record<string, string>>;
  /** The id of the request in the audit trail; without one the transport makes a new id. */
  readonly correlationId?: string;
  /** `false`: the request may notify the local authority, so it is sent once (H4). `true`: it only reads. */
  readonly repeatable: boolean;
  readonly signal: AbortSignal;
}

export interface ServiceResponse {
  readonly answer: ApiResponse;
  /** The `X-Request-ID` of the request: the reference where the service gave none. */
  readonly requestId: string;
}

interface Ids {
  readonly requestId: string;
  readonly correlationId: string;
}

export interface Transport {
  send(request: ServiceRequest): Promise<ServiceResponse>;
}

const mostAttempts = 3;
/** From the start of the first attempt to the start of the last: a clinician is waiting. */
const retryBudgetMs = 10_000;
const firstDelayMs = 300;
const longestDelayMs = 4_000;

/**
 * Sends one request to a service, with the headers that every request to the NHS API platform carries. A repeatable
 * request is retried a few times, under the same ids; a request that may notify is sent once, whatever the response (H4).
 * Source: PDS FHIR API specification, `X-Request-ID`: "If you re-send a failed request, use the same value in this header."
 */
export function createTransport(dependencies: TransportDependencies): Transport {
  const { now, newId, random } = dependencies;

  async function sendWithRetries(request: ServiceRequest, ids: Ids): Promise<ServiceResponse> {
    const startedAt = now().getTime();
    for (let attempt = 1; ; attempt += 1) {
      const sent = await sendOnce(dependencies, request, ids);
      if (attempt === mostAttempts || !isTransient(sent.answer)) return sent;
      const delayMs = delayBefore(attempt, sent.answer, random());
      // A service whose Retry-After exceeds the budget gets no early retry.
      if (delayMs === undefined || now().getTime() - startedAt + delayMs > retryBudgetMs) return sent;
      await dependencies.wait(delayMs, request.signal);
      if (request.signal.aborted) return sent;
    }
  }

  return {
    send(request) {
      const ids = { requestId: newId(), correlationId: request.correlationId ?? newId() };
      return request.repeatable ? sendWithRetries(request, ids) : sendOnce(dependencies, request, ids); // H4
    },
  };
}

async function sendOnce(
  { fetch, timeoutMs }: TransportDependencies,
  request: ServiceRequest,
  { requestId, correlationId }: Ids,
): Promise<ServiceResponse> {
  if (request.signal.aborted) return { answer: aborted, requestId };
  try {
    const answer = await fetch({
      url: request.url,
      headers: {
        Accept: 'application/fhir+json',
        'X-Request-ID': requestId,
        'X-Correlation-ID': correlationId,
        ...request.headers,
      },
      signal: request.signal,
      timeoutMs,
      repeatable: request.repeatable, // H4
    });
    return { answer, requestId };
  } catch {
    // The network layer returns values; if it throws all the same, delivery of the request is unknown.
    return {
      answer: { kind: 'failed', fault: 'service-failing', delivered: 'unknown', detail: 'threw' },
      requestId,
    };
  }
}

const aborted: ApiResponse = { kind: 'failed', fault: 'aborted', delivered: 'no', detail: 'not sent' };

function isTransient(answer: ApiResponse): boolean {
  if (answer.kind === 'answered') return [408, 429, 500, 502, 503, 504].includes(answer.status);
  switch (answer.fault) {
    case 'offline':
    case 'timed-out':
    case 'service-failing':
      return true;
    case 'proxy':
    case 'answered-in-its-place':
    case 'untrusted-certificate':
    case 'unexpected-issuer':
    case 'answer-not-understood':
    case 'aborted':
    case 'signed-out':
    case 'busy': // the session has waited already
    case 'clock-wrong':
    case 'signing-key-unavailable':
      return false;
  }
}

/** Doubles each time; half of the delay is random, so that workstations do not retry together. In milliseconds. */
function delayBefore(attempt: number, answer: ApiResponse, chance: number): number | undefined {
  const doubled = Math.min(firstDelayMs * 2 ** attempt, longestDelayMs);
  const jittered = doubled / 2 + (chance * doubled) / 2;
  const demanded = answer.kind === 'answered' ? (answer.retryAfter ?? 0) * 1_000 : 0;
  if (demanded > longestDelayMs) return undefined;
  return Math.max(jittered, demanded);
}
