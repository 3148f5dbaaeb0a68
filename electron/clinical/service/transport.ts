/**
 * Sends one question to a service: the headers that every NHS API platform request carries, and for a repeatable one a
 * few patient retries. A question that may notify is sent once, whatever comes back (H4).
 */
import type { ApiResponse, AuthorisedFetch } from '../../network/api-response.ts';

/** Resolves after the time, or at once when the signal aborts. Never rejects. */
export type Wait = (milliseconds: number, signal: AbortSignal) => Promise<void>;

export interface TransportDependencies {
  readonly fetch: AuthorisedFetch;
  readonly clock: () => Date;
  readonly newId: () => string;
  readonly wait: Wait;
  /** From 0 up to, but not with, 1. */
  readonly random: () => number;
  /** Milliseconds. */
  readonly timeout: number;
}

export interface ServiceRequest {
  readonly url: URL;
  /** Beside those that every request carries. */
  readonly headers: Readonly<Record<string, string>>;
  /** What the audit trail calls it; without one the request gets an id of its own. */
  readonly correlationId?: string;
  /** `false`: it may notify the local authority, so nothing sends it twice (H4). `true`: it only reads. */
  readonly repeatable: boolean;
  readonly signal: AbortSignal;
}

export interface ServiceResponse {
  readonly answer: ApiResponse;
  /** The `X-Request-ID` that the answer belongs to: the reference of last resort. */
  readonly requestId: string;
}

export interface Transport {
  send(question: ServiceRequest): Promise<ServiceResponse>;
}

const mostAttempts = 3;
/** From the first try to the start of the last: a clinician is waiting. */
const budget = 10_000;
const firstDelay = 300;
const longestDelay = 4_000;

export function createTransport(dependencies: TransportDependencies): Transport {
  const { clock, wait, random } = dependencies;

  async function sendRepeatable(question: ServiceRequest): Promise<ServiceResponse> {
    const startedAt = clock().getTime();
    for (let attempt = 1; ; attempt += 1) {
      const sent = await sendOnce(dependencies, question);
      if (attempt === mostAttempts || !isTransient(sent.answer)) return sent;
      const delay = delayBefore(attempt, sent.answer, random());
      // A service that asks for more patience than there is, is not asked again early.
      if (delay === undefined || clock().getTime() - startedAt + delay > budget) return sent;
      await wait(delay, question.signal);
      if (question.signal.aborted) return sent;
    }
  }

  return {
    send: (question) => (question.repeatable ? sendRepeatable(question) : sendOnce(dependencies, question)), // H4
  };
}

async function sendOnce(
  { fetch, newId, timeout }: TransportDependencies,
  question: ServiceRequest,
): Promise<ServiceResponse> {
  const requestId = newId();
  if (question.signal.aborted) return { answer: aborted, requestId };
  try {
    const answer = await fetch({
      url: question.url,
      headers: {
        Accept: 'application/fhir+json',
        'X-Request-ID': requestId,
        'X-Correlation-ID': question.correlationId ?? newId(),
        ...question.headers,
      },
      signal: question.signal,
      timeout,
      repeatable: question.repeatable, // H4
    });
    return { answer, requestId };
  } catch {
    // The network layer answers with values; should it ever throw, nobody knows how far the request got.
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
    case 'untrusted-certificate':
    case 'unexpected-issuer':
    case 'answer-not-understood':
    case 'aborted':
    case 'signed-out':
    case 'busy': // its keeper has waited already
    case 'clock-wrong':
    case 'signing-key-unavailable':
      return false;
  }
}

/** Doubling, with half of it left to chance so that workstations do not come back together. */
function delayBefore(attempt: number, answer: ApiResponse, chance: number): number | undefined {
  const doubled = Math.min(firstDelay * 2 ** attempt, longestDelay);
  const jittered = doubled / 2 + (chance * doubled) / 2;
  const demanded = answer.kind === 'answered' ? (answer.retryAfter ?? 0) * 1_000 : 0;
  if (demanded > longestDelay) return undefined;
  return Math.max(jittered, demanded);
}
