/**
 * THE ONE ROOM OF THE TOKENS. They live in the closure below and nowhere else. What comes out is `authorisedFetch`,
 * which adds the Bearer header to a request on its way to the environment's own services; no function returns a token.
 */
import { type Fault, makeFault } from '../../shared/fault.ts';
import type { ApiAnswer, AuthorisedFetch, AuthorisedRequest, FailedAnswer } from '../network/answer.ts';
import type { Network } from '../network/network.ts';
import { newReference } from './identity-fault.ts';
import type { PlatformTokens, TokenEndpoint, TokenOutcome } from './token-exchange.ts';

export interface TokenRoom {
  /** Exchanges an ID token and keeps what comes of it. Returns the fault if it could not. */
  open(idToken: string): Promise<Fault | undefined>;
  /** Forgets every token; what is under way ends in nothing. */
  close(): void;
  readonly authorisedFetch: AuthorisedFetch;
}

export interface TokenRoomDependencies {
  readonly endpoint: TokenEndpoint;
  readonly network: Network;
  /** Where a token may go: the origins of the environment's APIs. */
  readonly origins: ReadonlySet<string>;
  readonly now: () => number;
  /** The sign-in is used up and the user must sign in again. */
  readonly onEnded: (fault: Fault) => void;
}

/** Renewal starts this long before a token ends, milliseconds. */
const renewalLead = 60_000;
/** A token that lives shorter than the lead is renewed at half its life, not in a loop. */
const leastRenewalDelay = 1_000;

interface Held extends PlatformTokens {
  readonly idToken: string;
  readonly renewAt: number;
}

export function createTokenRoom({
  endpoint,
  network,
  origins,
  now,
  onEnded,
}: TokenRoomDependencies): TokenRoom {
  let held: Held | undefined;
  let renewal: Promise<Fault | undefined> | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Grows whenever the room is opened or closed: an answer of an earlier sign-in is dropped. */
  let occupancy = 0;

  function keep(idToken: string, tokens: PlatformTokens): void {
    const lifetime = tokens.accessExpiresAt - now();
    const delay = Math.max(
      leastRenewalDelay,
      lifetime > 2 * renewalLead ? lifetime - renewalLead : lifetime / 2,
    );
    held = { ...tokens, idToken, renewAt: now() + delay };
    clearTimeout(timer);
    timer = setTimeout(() => void renew(), delay);
    timer.unref?.();
  }

  function close(): void {
    occupancy += 1;
    held = undefined;
    renewal = undefined;
    clearTimeout(timer);
  }

  /** One renewal at a time, shared by all callers. */
  function renew(): Promise<Fault | undefined> {
    renewal ??= startRenewal(occupancy).finally(() => {
      renewal = undefined;
    });
    return renewal;
  }

  async function startRenewal(during: number): Promise<Fault | undefined> {
    if (held === undefined) return makeFault('signed-out', newReference());
    const { idToken } = held;
    const outcome = await obtain(held);
    if (during !== occupancy) return makeFault('signed-out', newReference());
    if (outcome.kind === 'issued') {
      keep(idToken, outcome.tokens);
      return undefined;
    }
    if (outcome.lasting === 'final') {
      close();
      onEnded(outcome.fault);
    }
    return outcome.fault;
  }

  /** A refresh that fails may have spent its token all the same, so the ID token is exchanged again instead. */
  async function obtain({ idToken, refreshToken }: Held): Promise<TokenOutcome> {
    if (refreshToken !== undefined) {
      const refreshed = await endpoint.refresh(refreshToken);
      if (refreshed.kind === 'issued') return refreshed;
    }
    return endpoint.exchange(idToken);
  }

  async function send({ afterRenewal: _, ...request }: AuthorisedRequest): Promise<ApiAnswer> {
    if (held === undefined) return notSent('signed-out');
    return network.request({
      ...request,
      method: 'GET',
      headers: { ...request.headers, Authorization: `Bearer ${held.accessToken}` },
    });
  }

  return {
    async open(idToken) {
      close();
      const during = occupancy;
      const outcome = await endpoint.exchange(idToken);
      if (during !== occupancy) return makeFault('sign-in-cancelled', newReference());
      if (outcome.kind === 'refused') return outcome.fault;
      keep(idToken, outcome.tokens);
      return undefined;
    },
    close,
    async authorisedFetch(request) {
      if (!origins.has(request.url.origin)) return notSent('service-failing');
      if (held === undefined) return notSent('signed-out');
      const during = occupancy;
      if (now() >= held.renewAt) {
        const fault = await renew();
        if (during !== occupancy) return notSent('signed-out');
        if (fault !== undefined && now() >= held.accessExpiresAt) return notSent(asFailure(fault));
      }
      const first = await send(request);
      if (first.kind === 'failed' || first.status !== 401 || during !== occupancy) return first;
      const fault = await renew();
      // H4: an unscheduled query is never sent twice by itself, not even when its sign-in had run out.
      const mayRepeat = fault === undefined && during === occupancy && request.afterRenewal === 'repeat';
      return mayRepeat ? send(request) : first;
    },
  };
}

function notSent(fault: FailedAnswer['fault']): FailedAnswer {
  return { kind: 'failed', fault, reached: 'no', detail: 'not sent' };
}

/** A renewal's fault as a failed answer: what the screens can act on stays, the rest counts as signed out. */
function asFailure(fault: Fault): FailedAnswer['fault'] {
  switch (fault.kind) {
    case 'offline':
    case 'proxy':
    case 'untrusted-certificate':
    case 'timed-out':
    case 'service-failing':
    case 'answer-not-understood':
      return fault.kind;
    default:
      return 'signed-out';
  }
}
