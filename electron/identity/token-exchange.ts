/**
 * The platform's token endpoint: token exchange with a signed assertion, and refresh.
 * Source: NHS England, "User-restricted RESTful APIs – separate authentication and authorisation"; RFC 8693; RFC 7523.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import * as v from 'valibot';
import { makeFault } from '../../shared/fault.ts';
import { newReference } from '../diagnostics/reference.ts';
import type { ApiResponse } from '../network/api-response.ts';
import { readJson } from '../network/body.ts';
import type { ClockSkew } from '../network/clock-skew.ts';
import type { Network } from '../network/network.ts';
import type { Environment } from '../settings/environment.ts';
import { describeFailedAnswer, interceptedFault } from './identity-fault.ts';
import { failuresOf, type LogoutFailure } from './logout.ts';
import { type Signer, SigningKeyUnavailable, signJwt } from './signers/signer.ts';
import { readTokenError, type TokenRefusal } from './token-error.ts';

/** Tokens of the platform. Never leaves this folder. */
export interface PlatformTokens {
  readonly accessToken: string;
  /** Milliseconds since the epoch, by this computer's clock. */
  readonly accessExpiresAt: number;
  readonly refreshToken: string | undefined;
}

export type TokenOutcome =
  | { readonly kind: 'issued'; readonly tokens: PlatformTokens }
  | (TokenRefusal & {
      readonly kind: 'refused';
      /** `unknown`: the endpoint may have acted on the request, so that a refresh token may be spent. */
      readonly acted: 'no' | 'unknown';
      /** Seconds that the endpoint asks to be left alone. */
      readonly retryAfter: number | undefined;
    });

export interface TokenEndpoint {
  /** Signs afresh for every attempt: the platform remembers each `jti`. Never throws. */
  exchange(idToken: string, signal: AbortSignal): Promise<TokenOutcome>;
  /** `undefined` without a client secret. A refresh token is spent by one use. Never throws. */
  readonly refresh: ((refreshToken: string, signal: AbortSignal) => Promise<TokenOutcome>) | undefined;
  /** `undefined` where the environment names no address for it. Gives what failed. Never throws. */
  readonly revoke: ((tokens: PlatformTokens) => Promise<readonly LogoutFailure[]>) | undefined;
}

export interface TokenEndpointDependencies {
  readonly settings: Environment['platform'];
  /** Milliseconds. */
  readonly timeout: number;
  readonly network: Network;
  readonly clockSkew: ClockSkew;
  readonly signer: Signer;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** The platform refuses an `exp` more than five minutes ahead. Seconds. */
const assertionLifetime = 300;
/** The user is waiting: a service that asks for more patience is not asked again. Seconds. */
const longestPatience = 5;
/** Seconds. */
const leastPause = 0.5;

const seconds = v.pipe(
  v.union([v.number(), v.pipe(v.string(), v.regex(/^\d{1,9}$/), v.transform(Number))]),
  v.integer(),
  v.minValue(1),
);

const bearerToken = v.pipe(v.string(), v.regex(/^[\x21-\x7e]+$/));

/** The numbers of the real answer are strings; both are read. */
const tokenResponse = v.object({
  access_token: bearerToken,
  expires_in: seconds,
  token_type: v.pipe(v.string(), v.toLowerCase(), v.literal('bearer')),
  refresh_token: v.optional(bearerToken),
});

export function createTokenEndpoint({
  settings,
  timeout,
  network,
  clockSkew,
  signer,
  now,
}: TokenEndpointDependencies): TokenEndpoint {
  async function post(
    parameters: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<TokenOutcome> {
    const answer = await network.request({
      method: 'POST',
      url: new URL(settings.tokenUrl),
      // Exactly this: a charset behind it gets 415.
      headers: { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'application/json' },
      body: new URLSearchParams(parameters).toString(),
      timeout,
      signal,
    });
    return read(answer);
  }

  function read(answer: ApiResponse): TokenOutcome {
    if (answer.kind === 'failed') {
      return refused({ fault: describeFailedAnswer(answer), retry: 'later' }, answer.delivered);
    }
    if (answer.status !== 200) {
      const acted = answer.status === 429 ? 'no' : 'unknown';
      return refused(readTokenError(answer, clockSkew.seconds()), acted, answer.retryAfter);
    }
    // As RFC 6749, section 5.1, demands: text of another kind is not the endpoint's, however much it looks like it.
    const isJson = /^application\/([\w.-]+\+)?json$/.test(answer.contentType);
    const parsed = v.safeParse(tokenResponse, isJson ? readJson(answer.body) : undefined);
    if (!parsed.success) {
      const fault =
        answer.contentType === 'text/html'
          ? interceptedFault('the NHS platform', newReference())
          : makeFault('answer-not-understood', newReference('token response'));
      return refused({ fault, retry: 'later' }, 'unknown');
    }
    const { access_token, expires_in, refresh_token } = parsed.output;
    return {
      kind: 'issued',
      tokens: {
        accessToken: access_token,
        accessExpiresAt: now() + expires_in * 1_000,
        refreshToken: refresh_token,
      },
    };
  }

  /** Throws `SigningKeyUnavailable`. */
  async function signAssertion(): Promise<{ readonly [name: string]: string }> {
    const issuedAt = Math.floor(now() / 1_000) + clockSkew.seconds();
    const claims = {
      iss: settings.apiKey,
      sub: settings.apiKey,
      aud: settings.tokenUrl,
      jti: randomUUID(),
      iat: issuedAt,
      exp: issuedAt + assertionLifetime,
    };
    return {
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: await signJwt(signer, claims),
    };
  }

  async function exchangeOnce(idToken: string, signal: AbortSignal): Promise<TokenOutcome> {
    let authentication: { readonly [name: string]: string };
    try {
      authentication = await signAssertion();
    } catch (error) {
      const clue = error instanceof SigningKeyUnavailable ? error.message : undefined;
      const fault = makeFault('signing-key-unavailable', newReference(clue));
      return refused({ fault, retry: 'later' }, 'no');
    }
    return post(
      {
        grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
        subject_token_type: 'urn:ietf:params:oauth:token-type:id_token',
        subject_token: idToken,
        ...authentication,
      },
      signal,
    );
  }

  const { clientSecret, revocationUrl } = settings;

  /** RFC 7009, section 2.1: authenticated as at the token endpoint, whose address is the audience (RFC 7523, section 3). */
  async function revokeAt(url: string, token: string, hint: string): Promise<readonly LogoutFailure[]> {
    const step = 'platform-revocation';
    try {
      const authentication =
        clientSecret === undefined
          ? await signAssertion()
          : { client_id: settings.apiKey, client_secret: clientSecret };
      const answer = await network.request({
        method: 'POST',
        url: new URL(url),
        headers: { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'application/json' },
        body: new URLSearchParams({ token, token_type_hint: hint, ...authentication }).toString(),
        timeout,
      });
      return failuresOf(step, answer);
    } catch {
      return [{ step, result: 'the signing key could not be used' }];
    }
  }

  return {
    revoke:
      revocationUrl === undefined
        ? undefined
        : async ({ accessToken, refreshToken }) => {
            // The refresh token first: with it more access tokens could be had.
            const refresh =
              refreshToken === undefined ? [] : await revokeAt(revocationUrl, refreshToken, 'refresh_token');
            return [...refresh, ...(await revokeAt(revocationUrl, accessToken, 'access_token'))];
          },
    async exchange(idToken, signal) {
      const first = await exchangeOnce(idToken, signal);
      const pause = first.kind === 'refused' ? pauseBeforeRepeat(first) : undefined;
      if (pause === undefined) return first;
      await delay(pause, undefined, { signal }).catch(() => undefined);
      return exchangeOnce(idToken, signal);
    },
    refresh:
      clientSecret === undefined
        ? undefined
        : (refreshToken, signal) =>
            post(
              {
                grant_type: 'refresh_token',
                refresh_token: refreshToken,
                client_id: settings.apiKey,
                client_secret: clientSecret,
              },
              signal,
            ),
  };
}

function refused(
  refusal: TokenRefusal,
  acted: 'no' | 'unknown',
  retryAfter?: number,
): Extract<TokenOutcome, { kind: 'refused' }> {
  return { kind: 'refused', ...refusal, acted, retryAfter };
}

/** Milliseconds before the one more attempt that some refusals get; `undefined` for all others. */
function pauseBeforeRepeat({
  again,
  retryAfter,
}: Extract<TokenOutcome, { kind: 'refused' }>): number | undefined {
  if (again === undefined) return undefined;
  switch (again) {
    case 'at-once':
      return 0;
    case 'after-a-pause': {
      const asked = retryAfter ?? 0;
      // Every workstation of every site shares one limit: none comes back at once, and each at another moment.
      const pause = Math.max(leastPause, asked) + Math.random();
      return asked > longestPatience ? undefined : pause * 1_000;
    }
  }
}
