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
import { describeFailedResponse, interceptedFault } from './identity-fault.ts';
import { failuresOf, type LogoutFailure } from './logout-failure.ts';
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
      /** The endpoint may have carried out the request: a refresh token may be spent. */
      readonly mayHaveTakenEffect: boolean;
      readonly retryAfterSeconds: number | undefined;
    });

export interface TokenEndpoint {
  /** Signs a new assertion for each attempt: the platform accepts a `jti` once. Never throws. */
  exchange(idToken: string, signal: AbortSignal): Promise<TokenOutcome>;
  /** `undefined` without a client secret. One use spends a refresh token. Never throws. */
  readonly refresh: ((refreshToken: string, signal: AbortSignal) => Promise<TokenOutcome>) | undefined;
  /** `undefined` where the environment names no revocation endpoint. Resolves with the failures. Never throws. */
  readonly revoke: ((tokens: PlatformTokens) => Promise<readonly LogoutFailure[]>) | undefined;
}

export interface TokenEndpointDependencies {
  readonly settings: Environment['platform'];
  readonly timeoutMs: number;
  readonly network: Network;
  readonly clockSkew: ClockSkew;
  readonly signer: Signer;
  readonly now: () => Date;
}

/** The platform refuses an `exp` more than five minutes ahead. */
const assertionLifetimeSeconds = 300;
/** The user is waiting: after a longer `Retry-After` there is no second attempt. */
const longestRetryAfterSeconds = 5;
const leastPauseSeconds = 0.5;

const seconds = v.pipe(
  v.union([v.number(), v.pipe(v.string(), v.regex(/^\d{1,9}$/), v.transform(Number))]),
  v.integer(),
  v.minValue(1),
);

const bearerToken = v.pipe(v.string(), v.regex(/^[\x21-\x7e]+$/));

/** The real endpoint sends numbers as strings: both forms are read. */
const tokenResponse = v.object({
  access_token: bearerToken,
  expires_in: seconds,
  token_type: v.pipe(v.string(), v.toLowerCase(), v.literal('bearer')),
  refresh_token: v.optional(bearerToken),
});

/**
 * The platform's token endpoint: token exchange with a signed assertion, and refresh.
 * Source: NHS England, "User-restricted RESTful APIs – separate authentication and authorisation"; RFC 8693; RFC 7523.
 */
export function createTokenEndpoint({
  settings,
  timeoutMs,
  network,
  clockSkew,
  signer,
  now,
}: TokenEndpointDependencies): TokenEndpoint {
  async function post(
    parameters: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<TokenOutcome> {
    const response = await network.request({
      method: 'POST',
      url: new URL(settings.tokenUrl),
      // Without a charset: the platform answers one with 415.
      headers: { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'application/json' },
      body: new URLSearchParams(parameters).toString(),
      timeoutMs,
      signal,
    });
    return read(response);
  }

  function read(response: ApiResponse): TokenOutcome {
    if (response.kind === 'failed') {
      const refusal: TokenRefusal = { fault: describeFailedResponse(response), retry: 'later' };
      return refused(refusal, response.delivered === 'unknown');
    }
    if (response.status !== 200) {
      const refusal = readTokenError(response, clockSkew.seconds());
      return refused(refusal, response.status !== 429, response.retryAfter);
    }
    // RFC 6749, section 5.1, demands JSON: a text of another media type does not come from the endpoint.
    const isJson = /^application\/([\w.-]+\+)?json$/.test(response.contentType);
    const parsed = v.safeParse(tokenResponse, isJson ? readJson(response.body) : undefined);
    if (!parsed.success) {
      const fault =
        response.contentType === 'text/html'
          ? interceptedFault('the NHS platform', newReference())
          : makeFault('answer-not-understood', newReference('token response'));
      return refused({ fault, retry: 'later' }, true);
    }
    const { access_token, expires_in, refresh_token } = parsed.output;
    return {
      kind: 'issued',
      tokens: {
        accessToken: access_token,
        accessExpiresAt: now().getTime() + expires_in * 1_000,
        refreshToken: refresh_token,
      },
    };
  }

  /** Throws `SigningKeyUnavailable`. */
  async function signAssertion(): Promise<{ readonly [name: string]: string }> {
    const issuedAt = Math.floor(now().getTime() / 1_000) + clockSkew.seconds();
    const claims = {
      iss: settings.apiKey,
      sub: settings.apiKey,
      aud: settings.tokenUrl,
      jti: randomUUID(),
      iat: issuedAt,
      exp: issuedAt + assertionLifetimeSeconds,
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
      const hint = error instanceof SigningKeyUnavailable ? error.message : undefined;
      const fault = makeFault('signing-key-unavailable', newReference(hint));
      return refused({ fault, retry: 'later' }, false);
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

  /** RFC 7009, section 2.1: authenticates as at the token endpoint, whose address is the audience (RFC 7523, section 3). */
  async function revokeAt(url: string, token: string, hint: string): Promise<readonly LogoutFailure[]> {
    const step = 'platform-revocation';
    try {
      const authentication =
        clientSecret === undefined
          ? await signAssertion()
          : { client_id: settings.apiKey, client_secret: clientSecret };
      const response = await network.request({
        method: 'POST',
        url: new URL(url),
        headers: { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'application/json' },
        body: new URLSearchParams({ token, token_type_hint: hint, ...authentication }).toString(),
        timeoutMs,
      });
      return failuresOf(step, response);
    } catch {
      return [{ step, result: 'the signing key could not be used' }];
    }
  }

  return {
    revoke:
      revocationUrl === undefined
        ? undefined
        : async ({ accessToken, refreshToken }) => {
            // The refresh token first: it could still obtain more access tokens.
            const refresh =
              refreshToken === undefined ? [] : await revokeAt(revocationUrl, refreshToken, 'refresh_token');
            return [...refresh, ...(await revokeAt(revocationUrl, accessToken, 'access_token'))];
          },
    async exchange(idToken, signal) {
      const first = await exchangeOnce(idToken, signal);
      const pauseMs = first.kind === 'refused' ? pauseBeforeRetryMs(first) : undefined;
      if (pauseMs === undefined) return first;
      await delay(pauseMs, undefined, { signal }).catch(() => undefined);
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
  mayHaveTakenEffect: boolean,
  retryAfterSeconds?: number,
): Extract<TokenOutcome, { kind: 'refused' }> {
  return { kind: 'refused', ...refusal, mayHaveTakenEffect, retryAfterSeconds };
}

/** The pause before the second attempt, which only some refusals get; `undefined` for all others. */
function pauseBeforeRetryMs({
  fault,
  retry,
  retryAfterSeconds = 0,
}: Extract<TokenOutcome, { kind: 'refused' }>): number | undefined {
  switch (retry) {
    case 'never':
      return undefined;
    case 'now':
      return 0;
    case 'later': {
      if (fault.kind !== 'busy' || retryAfterSeconds > longestRetryAfterSeconds) return undefined;
      // All workstations of all sites share one limit: a random part of the pause spreads their attempts.
      return (Math.max(leastPauseSeconds, retryAfterSeconds) + Math.random()) * 1_000;
    }
  }
}
