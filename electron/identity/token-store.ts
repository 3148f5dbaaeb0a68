/**
 * THE ONE ROOM OF THE TOKENS. They live in the closure below and nowhere else. What comes out is `authorisedFetch`,
 * which adds the Bearer header to a request on its way to the environment's own services; no function returns a token.
 */
import { type Fault, makeFault } from '../../shared/fault.ts';
import { newReference } from '../diagnostics/reference.ts';
import type {
  ApiResponse,
  AuthorisedFetch,
  AuthorisedRequest,
  FailedResponse,
} from '../network/api-response.ts';
import type { Network } from '../network/network.ts';
import type { CareIdentityTokens } from './cis2.ts';
import type { EndReason, Logout } from './logout.ts';
import type { PlatformTokens, TokenEndpoint, TokenOutcome } from './token-exchange.ts';

export interface TokenStore {
  /** Exchanges an ID token and keeps what comes of it. Returns the fault if it could not. Never throws. */
  open(careIdentity: CareIdentityTokens): Promise<Fault | undefined>;
  /**
   * Refers to no token any more, breaks off what is under way with one, and has the services end them in the background. What
   * a JavaScript text was stays in the memory of this process until something else is written there.
   */
  close(reason: EndReason): void;
  readonly authorisedFetch: AuthorisedFetch;
}

export interface TokenStoreDependencies {
  readonly endpoint: Pick<TokenEndpoint, 'exchange' | 'refresh'>;
  readonly network: Network;
  /** Where a token may go: the origins of the environment's APIs. */
  readonly origins: ReadonlySet<string>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** The sign-in is used up and the user must sign in again. */
  readonly onEnded: (fault: Fault) => void;
  readonly logout: Pick<Logout, 'end'>;
}

/** Renewal starts this long before a token ends, milliseconds. */
const renewalLead = 60_000;
/** A token that lives shorter than two leads is renewed at half its life, and never in a loop. Milliseconds. */
const leastRenewalDelay = 1_000;
/** However long a token lives; a timer of more than 24 days would go off at once. Milliseconds. */
const longestRenewalDelay = 12 * 3_600_000;
/** Before a renewal that failed is tried again, unless the endpoint asks for more. Milliseconds. */
const renewalRetry = 10_000;
/** However little the endpoint asks for: its few calls a second are shared by all workstations of all sites. Milliseconds. */
const leastRenewalRetry = 5_000;
/** A request sent with less left than this could arrive with a token that has ended. Milliseconds. */
const travelTime = 2_000;

/** One sign-in's time in the room. Whoever holds one that has been replaced or removed holds nothing. */
interface TokenSet {
  readonly careIdentity: CareIdentityTokens;
  readonly abort: AbortController;
  tokens: PlatformTokens;
  /** Milliseconds since the epoch. */
  renewAt: number;
  renewal: Promise<Fault | undefined> | undefined;
}

export function createTokenStore(dependencies: TokenStoreDependencies): TokenStore {
  const { endpoint, network, origins, now, onEnded, logout } = dependencies;
  let current: TokenSet | undefined;
  let opening: AbortController | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function close(reason: EndReason): void {
    const ended = current;
    opening?.abort();
    ended?.abort.abort();
    opening = undefined;
    current = undefined;
    clearTimeout(timer);
    if (ended !== undefined) {
      logout.end({ careIdentity: ended.careIdentity, platform: ended.tokens }, reason);
    }
  }

  function renewIn(tokenSet: TokenSet, milliseconds: number): void {
    tokenSet.renewAt = now() + milliseconds;
    clearTimeout(timer);
    timer = setTimeout(() => void renew(tokenSet), milliseconds);
    timer.unref?.();
  }

  /** One renewal at a time, shared by all callers. Gives the fault if it failed. */
  function renew(tokenSet: TokenSet): Promise<Fault | undefined> {
    tokenSet.renewal ??= startRenewal(tokenSet).finally(() => {
      tokenSet.renewal = undefined;
    });
    return tokenSet.renewal;
  }

  async function startRenewal(tokenSet: TokenSet): Promise<Fault | undefined> {
    const outcome = await obtain(tokenSet);
    if (tokenSet !== current) {
      // The answer came after the end.
      if (outcome.kind === 'issued') {
        logout.end({ careIdentity: tokenSet.careIdentity, platform: outcome.tokens }, 'locked');
      }
      return makeFault('signed-out', newReference());
    }
    if (outcome.kind === 'issued') {
      tokenSet.tokens = outcome.tokens;
      renewIn(tokenSet, renewalDelay(outcome.tokens, now()));
      return undefined;
    }
    if (outcome.retry === 'never') {
      close('locked');
      onEnded(outcome.fault);
      return outcome.fault;
    }
    const retry = retryDelay(outcome.retryAfter);
    // Once the token has ended, the next request renews it: nobody is there to need it before.
    if (now() + retry < tokenSet.tokens.accessExpiresAt) renewIn(tokenSet, retry);
    else tokenSet.renewAt = tokenSet.tokens.accessExpiresAt;
    return outcome.fault;
  }

  /** A refresh that failed may have spent its token all the same: then the ID token is exchanged again instead. */
  async function obtain(tokenSet: TokenSet): Promise<TokenOutcome> {
    const { careIdentity, tokens, abort } = tokenSet;
    if (endpoint.refresh !== undefined && tokens.refreshToken !== undefined) {
      const refreshed = await endpoint.refresh(tokens.refreshToken, abort.signal);
      if (refreshed.kind === 'issued' || refreshed.acted === 'no' || abort.signal.aborted) return refreshed;
      tokenSet.tokens = { ...tokens, refreshToken: undefined };
    }
    return endpoint.exchange(careIdentity.idToken, abort.signal);
  }

  function send(
    { abort, tokens }: TokenSet,
    { signal, ...request }: AuthorisedRequest,
  ): Promise<ApiResponse> {
    return network.request({
      ...request,
      method: 'GET',
      headers: { ...request.headers, Authorization: `Bearer ${tokens.accessToken}` },
      signal: signal === undefined ? abort.signal : AbortSignal.any([abort.signal, signal]),
    });
  }

  return {
    async open(careIdentity) {
      close('locked');
      const abort = new AbortController();
      opening = abort;
      const outcome = await endpoint.exchange(careIdentity.idToken, abort.signal);
      if (opening !== abort || outcome.kind === 'refused') {
        logout.end(
          { careIdentity, platform: outcome.kind === 'issued' ? outcome.tokens : undefined },
          'locked',
        );
        if (opening !== abort) return makeFault('sign-in-cancelled', newReference());
      }
      opening = undefined;
      if (outcome.kind === 'refused') return outcome.fault;
      const { tokens } = outcome;
      current = { careIdentity, abort, tokens, renewAt: 0, renewal: undefined };
      renewIn(current, renewalDelay(tokens, now()));
      return undefined;
    },
    close,
    async authorisedFetch(request) {
      if (!origins.has(request.url.origin)) return notSent('service-failing');
      const tokenSet = current;
      if (tokenSet === undefined) return notSent('signed-out');
      if (now() + travelTime < tokenSet.tokens.accessExpiresAt) {
        // A computer that slept past the time ran no timer. Nobody waits for a renewal while the token still lives.
        if (now() >= tokenSet.renewAt) void renew(tokenSet);
      } else {
        const fault = await renew(tokenSet);
        if (tokenSet !== current) return notSent('signed-out');
        if (fault !== undefined && now() >= tokenSet.tokens.accessExpiresAt) return notSent(asFailure(fault));
      }
      const { accessToken } = tokenSet.tokens;
      const first = await send(tokenSet, request);
      if (first.kind === 'failed' || first.status !== 401 || tokenSet !== current) return first;
      // Another caller may have met the same refusal and renewed in the meantime.
      const fault = tokenSet.tokens.accessToken === accessToken ? await renew(tokenSet) : undefined;
      // H4: an unscheduled query is never sent twice by itself, not even when its sign-in had run out.
      const mayRepeat = fault === undefined && tokenSet === current && request.repeatable;
      return mayRepeat ? send(tokenSet, request) : first;
    },
  };
}

function renewalDelay({ accessExpiresAt }: PlatformTokens, now: number): number {
  const lifetime = accessExpiresAt - now;
  const delay = lifetime > 2 * renewalLead ? lifetime - renewalLead : lifetime / 2;
  return Math.min(longestRenewalDelay, Math.max(leastRenewalDelay, delay));
}

/** Workstations that were refused together come back at different moments. */
function retryDelay(retryAfter: number | undefined): number {
  const asked = retryAfter === undefined ? renewalRetry : retryAfter * 1_000;
  return Math.max(leastRenewalRetry, asked) + Math.random() * leastRenewalRetry;
}

function notSent(fault: FailedResponse['fault']): FailedResponse {
  return { kind: 'failed', fault, delivered: 'no', detail: 'not sent' };
}

/** A renewal's fault as a failed answer: what the screens can act on stays, the rest counts as signed out. */
function asFailure(fault: Fault): FailedResponse['fault'] {
  switch (fault.kind) {
    case 'offline':
    case 'proxy':
    case 'untrusted-certificate':
    case 'unexpected-issuer':
    case 'clock-wrong':
    case 'busy':
    case 'timed-out':
    case 'service-failing':
    case 'answer-not-understood':
    case 'signing-key-unavailable':
      return fault.kind;
    default:
      return 'signed-out';
  }
}
