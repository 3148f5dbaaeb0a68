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
import type { Logout } from './logout.ts';
import type { EndReason } from './logout-failure.ts';
import type { PlatformTokens, TokenEndpoint, TokenOutcome } from './token-exchange.ts';

export interface TokenStore {
  /** Exchanges the ID token and keeps the platform's tokens. Resolves with the fault if this failed. Never throws. */
  open(careIdentity: CareIdentityTokens): Promise<Fault | undefined>;
  /**
   * The same user has signed in again: exchanges the new ID token, and keeps what it brings in place of the present tokens,
   * which are revoked. Requests under way go on. Where this fails, or the store was closed meanwhile, resolves with the fault and
   * keeps the present ones. Never throws.
   */
  replace(careIdentity: CareIdentityTokens): Promise<Fault | undefined>;
  /**
   * Until when the tokens last and can be renewed, in milliseconds since the epoch: without a refresh token as long as the ID
   * token lives. `undefined` where a refresh token renews them, which lasts as long as the longest session.
   */
  renewableUntil(): number | undefined;
  /**
   * Drops every reference to a token, aborts the requests that use one, and has the services revoke them in the
   * background. JavaScript cannot overwrite a string: the text stays in memory until the memory is used again.
   */
  close(reason: EndReason): void;
  readonly authorisedFetch: AuthorisedFetch;
}

export interface TokenStoreDependencies {
  readonly endpoint: Pick<TokenEndpoint, 'exchange' | 'refresh'>;
  readonly network: Network;
  /** Where a token may go: the origins of the environment's APIs. */
  readonly origins: ReadonlySet<string>;
  readonly now: () => Date;
  /** Called when the tokens can no longer be renewed and the user must sign in again. */
  readonly onEnded: (fault: Fault) => void;
  readonly logout: Pick<Logout, 'end'>;
}

/** Renewal starts this long before a token expires. */
const renewalLeadMs = 60_000;
/** A token with a lifetime of less than two leads is renewed at half its lifetime, but never in a tight loop. */
const leastRenewalDelayMs = 1_000;
/** A timer of more than 24 days would fire at once, so the delay has a limit however long the token's lifetime is. */
const longestRenewalDelayMs = 12 * 3_600_000;
/** The delay after a failed renewal where the endpoint sends no `Retry-After`. */
const renewalRetryMs = 10_000;
/** A shorter `Retry-After` is not used: all workstations of all sites share the endpoint's few calls a second. */
const leastRenewalRetryMs = 5_000;
/** A token with less time left than this could have expired when the request arrives. */
const travelTimeMs = 2_000;

/** The tokens of one sign-in. A set that is no longer `current` is not used any more. */
interface TokenSet {
  careIdentity: CareIdentityTokens;
  readonly abort: AbortController;
  tokens: PlatformTokens;
  /** Milliseconds since the epoch. */
  renewAt: number;
  renewal: Promise<Fault | undefined> | undefined;
}

/**
 * The only place that holds the platform's tokens: they are in the closure below and nowhere else. The store hands out
 * `authorisedFetch`, which adds the Bearer header to a request to the environment's own APIs; no function returns a
 * token.
 */
export function createTokenStore(dependencies: TokenStoreDependencies): TokenStore {
  const { endpoint, network, origins, onEnded, logout } = dependencies;
  const nowMs = () => dependencies.now().getTime();
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

  function unused(careIdentity: CareIdentityTokens, platform: PlatformTokens | undefined): Fault {
    logout.end({ careIdentity, platform }, 'locked');
    return makeFault('signed-out', newReference());
  }

  function renewIn(tokenSet: TokenSet, delayMs: number): void {
    tokenSet.renewAt = nowMs() + delayMs;
    clearTimeout(timer);
    timer = setTimeout(() => void renew(tokenSet), delayMs);
    timer.unref?.();
  }

  /** One renewal at a time, shared by all callers. Resolves with the fault if it failed. */
  function renew(tokenSet: TokenSet): Promise<Fault | undefined> {
    if (tokenSet.renewal !== undefined) return tokenSet.renewal;
    const renewal = startRenewal(tokenSet).finally(() => {
      if (tokenSet.renewal === renewal) tokenSet.renewal = undefined;
    });
    tokenSet.renewal = renewal;
    return renewal;
  }

  async function startRenewal(tokenSet: TokenSet): Promise<Fault | undefined> {
    const { careIdentity } = tokenSet;
    const outcome = await obtain(tokenSet);
    if (tokenSet !== current || tokenSet.careIdentity !== careIdentity) {
      // The store was closed, or the user has signed in again, while the endpoint answered.
      if (outcome.kind === 'issued') logout.end({ careIdentity, platform: outcome.tokens }, 'locked');
      return tokenSet === current ? undefined : makeFault('signed-out', newReference());
    }
    if (outcome.kind === 'issued') {
      tokenSet.tokens = outcome.tokens;
      renewIn(tokenSet, renewalDelayMs(outcome.tokens, nowMs()));
      return undefined;
    }
    if (outcome.retry === 'never') {
      close('locked');
      onEnded(outcome.fault);
      return outcome.fault;
    }
    const retryMs = retryDelayMs(outcome.retryAfterSeconds);
    // Once the token has expired, the next request renews it: until then no request needs one.
    if (nowMs() + retryMs < tokenSet.tokens.accessExpiresAt) renewIn(tokenSet, retryMs);
    else tokenSet.renewAt = tokenSet.tokens.accessExpiresAt;
    return outcome.fault;
  }

  /** A failed refresh may have spent the refresh token: the ID token is then exchanged instead. */
  async function obtain(tokenSet: TokenSet): Promise<TokenOutcome> {
    const { careIdentity, tokens, abort } = tokenSet;
    if (endpoint.refresh !== undefined && tokens.refreshToken !== undefined) {
      const refreshed = await endpoint.refresh(tokens.refreshToken, abort.signal);
      if (refreshed.kind === 'issued' || !refreshed.mayHaveTakenEffect || abort.signal.aborted)
        return refreshed;
      if (tokenSet.careIdentity === careIdentity) tokenSet.tokens = { ...tokens, refreshToken: undefined };
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
      renewIn(current, renewalDelayMs(tokens, nowMs()));
      return undefined;
    },
    async replace(careIdentity) {
      const tokenSet = current;
      if (tokenSet === undefined) return unused(careIdentity, undefined);
      const outcome = await endpoint.exchange(careIdentity.idToken, tokenSet.abort.signal);
      if (tokenSet !== current)
        return unused(careIdentity, outcome.kind === 'issued' ? outcome.tokens : undefined);
      if (outcome.kind === 'refused') {
        unused(careIdentity, undefined);
        return outcome.fault;
      }
      logout.end({ careIdentity: tokenSet.careIdentity, platform: tokenSet.tokens }, 'locked');
      tokenSet.careIdentity = careIdentity;
      tokenSet.tokens = outcome.tokens;
      tokenSet.renewal = undefined; // one that is under way renews the former tokens
      renewIn(tokenSet, renewalDelayMs(outcome.tokens, nowMs()));
      return undefined;
    },
    renewableUntil() {
      const isRefreshed = endpoint.refresh !== undefined && current?.tokens.refreshToken !== undefined;
      if (current === undefined || isRefreshed) return undefined;
      return Math.max(current.careIdentity.idTokenExpiresAt, current.tokens.accessExpiresAt);
    },
    close,
    async authorisedFetch(request) {
      if (!origins.has(request.url.origin)) return notSent('service-failing');
      const tokenSet = current;
      if (tokenSet === undefined) return notSent('signed-out');
      if (nowMs() + travelTimeMs < tokenSet.tokens.accessExpiresAt) {
        // No timer fires while the computer sleeps. A request does not wait for a renewal while the token is valid.
        if (nowMs() >= tokenSet.renewAt) void renew(tokenSet);
      } else {
        const fault = await renew(tokenSet);
        if (tokenSet !== current) return notSent('signed-out');
        if (fault !== undefined && nowMs() >= tokenSet.tokens.accessExpiresAt)
          return notSent(asFailure(fault));
      }
      const { accessToken } = tokenSet.tokens;
      const first = await send(tokenSet, request);
      if (first.kind === 'failed' || first.status !== 401 || tokenSet !== current) return first;
      // Another request may have got the same 401 and renewed the tokens in the meantime.
      const fault = tokenSet.tokens.accessToken === accessToken ? await renew(tokenSet) : undefined;
      // H4: the viewer never repeats an unscheduled query by itself, not even after an expired token.
      const mayRepeat = fault === undefined && tokenSet === current && request.repeatable;
      return mayRepeat ? send(tokenSet, request) : first;
    },
  };
}

function renewalDelayMs({ accessExpiresAt }: PlatformTokens, nowMs: number): number {
  const lifetimeMs = accessExpiresAt - nowMs;
  const delayMs = lifetimeMs > 2 * renewalLeadMs ? lifetimeMs - renewalLeadMs : lifetimeMs / 2;
  return Math.min(longestRenewalDelayMs, Math.max(leastRenewalDelayMs, delayMs));
}

/** With a random part, so that workstations that were refused together do not try again together. */
function retryDelayMs(retryAfterSeconds: number | undefined): number {
  const requestedMs = retryAfterSeconds === undefined ? renewalRetryMs : retryAfterSeconds * 1_000;
  return Math.max(leastRenewalRetryMs, requestedMs) + Math.random() * leastRenewalRetryMs;
}

function notSent(fault: FailedResponse['fault']): FailedResponse {
  return { kind: 'failed', fault, delivered: 'no', detail: 'not sent' };
}

/** The fault of a renewal as a failed response: faults that the screens can explain stay, all others become `signed-out`. */
function asFailure(fault: Fault): FailedResponse['fault'] {
  switch (fault.kind) {
    case 'offline':
    case 'proxy':
    case 'answered-in-its-place':
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
