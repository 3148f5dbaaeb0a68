import type { ApiResponse, AuthorisedFetch } from '../../network/api-response.ts';
import type { Wait } from '../service/transport.ts';

export interface PaceDependencies {
  readonly requestsPerSecond: number;
  readonly fetch: AuthorisedFetch;
  readonly now: () => Date;
  readonly wait: Wait;
  /** Settles when the user's single checks have; `undefined` where there is none. */
  readonly singleCheck: () => Promise<unknown> | undefined;
  /** The next request waits for that; `undefined`: the list goes on. */
  readonly onHeld: (by: Hold | undefined) => void;
}

/** The service is too busy until then, or the user has paused the list. */
export type Hold = { readonly until: Date } | 'pause';

export interface Pace {
  /** Milliseconds from the start of a request to the start of the next. */
  readonly gapMs: number;
  /** True once the next request may be sent; false where `signal` aborts first. */
  turn(signal: AbortSignal): Promise<boolean>;
  /** For the clients of the list: asks again where the service is too busy, as often as it demands, under the same ids. */
  readonly fetch: AuthorisedFetch;
  /** For the clients of the list: a retry waits for its turn as well. */
  readonly wait: Wait;
  setPaused(paused: boolean): void;
}

/** In milliseconds. */
interface Rest {
  from: number;
  readonly ms: number;
}

/** Where the service says no time, or a shorter one. */
const leastHoldMs = 5_000;
/** Where it says a longer one: a timer takes 24 days at most, and a date of another year is a mistake. */
const mostHoldMs = 60 * 60_000;

/**
 * How fast a clinic list asks. The platform's five calls a second are shared by every site of a supplier, so the list sends
 * one request at a time, some time apart; none while a single check is under way; and none before the service's Retry-After is
 * over. All of its requests are silent reads: one that may notify is not sent (H4).
 */
export function createPace(dependencies: PaceDependencies): Pace {
  const { now, singleCheck, onHeld } = dependencies;
  const gapMs = Math.ceil(1_000 / dependencies.requestsPerSecond);
  /** Since the last request, and since the service was last too busy. */
  let gap: Rest | undefined;
  let hold: Rest | undefined;
  let pause: AbortController | undefined;
  /** The next request has had its turn: the first of a search has, a further page has not. */
  let hasTurn = false;

  const begin = (ms: number): Rest => ({ from: now().getTime(), ms });

  function left(rest: Rest | undefined): number {
    if (rest === undefined) return 0;
    const at = now().getTime();
    rest.from = Math.min(rest.from, at); // a clock that was set back makes no rest longer than itself
    return rest.ms - (at - rest.from);
  }

  async function turn(signal: AbortSignal): Promise<boolean> {
    // Each wait may outlast the reason of another, so all are looked at again.
    while (!signal.aborted) {
      const single = singleCheck();
      if (left(hold) > 0) {
        onHeld({ until: new Date(now().getTime() + left(hold)) });
        await dependencies.wait(left(hold), signal);
        onHeld(undefined);
      } else if (pause !== undefined) {
        onHeld('pause');
        await abortOf(pause.signal, signal);
        onHeld(undefined);
      } else if (single !== undefined) await Promise.race([single, abortOf(signal)]);
      else if (left(gap) > 0) await dependencies.wait(left(gap), signal);
      else {
        gap = begin(gapMs);
        hasTurn = true;
        return true;
      }
    }
    return false;
  }

  return {
    gapMs,
    turn,
    async fetch(request) {
      if (!request.repeatable) {
        return notSent('not a silent read'); // H4
      }
      const { signal = never } = request;
      for (;;) {
        if (!hasTurn && !(await turn(signal))) return notSent('stopped');
        hasTurn = false;
        const answer = await dependencies.fetch(request);
        if (answer.kind === 'failed' || !isTooBusy(answer)) return answer;
        const askedMs = Math.max((answer.retryAfter ?? 0) * 1_000, leastHoldMs);
        hold = begin(Math.min(askedMs, mostHoldMs));
        if (!(await turn(signal))) return answer;
      }
    },
    async wait(milliseconds, signal) {
      await dependencies.wait(milliseconds, signal);
      await turn(signal);
    },
    setPaused(paused) {
      pause?.abort();
      pause = paused ? new AbortController() : undefined;
    },
  };
}

/** A 503 without a time may be a fault that lasts: the client tries again by itself, and the list goes on. */
function isTooBusy({ status, retryAfter }: Extract<ApiResponse, { kind: 'answered' }>): boolean {
  return status === 429 || (status === 503 && retryAfter !== undefined);
}

const never = new AbortController().signal;

function notSent(detail: string): ApiResponse {
  return { kind: 'failed', fault: 'aborted', delivered: 'no', detail };
}

function abortOf(...signals: readonly AbortSignal[]): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      for (const signal of signals) signal.removeEventListener('abort', done);
      resolve();
    };
    for (const signal of signals) signal.addEventListener('abort', done);
    if (signals.some(({ aborted }) => aborted)) done();
  });
}
