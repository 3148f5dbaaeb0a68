/**
 * The platform's token endpoint: token exchange with a signed assertion, and refresh. Its answers are parsed by a
 * schema; its errors are told apart by the words of the real server, because several share a status and a code.
 * Source: NHS England, "User-restricted RESTful APIs – separate authentication and authorisation"; RFC 8693; RFC 7523.
 */
import { randomUUID } from 'node:crypto';
import * as v from 'valibot';
import { type Fault, makeFault } from '../../shared/fault.ts';
import type { ApiAnswer } from '../network/answer.ts';
import type { ClockSkew } from '../network/clock-skew.ts';
import type { Network } from '../network/network.ts';
import type { Environment } from '../settings/environment.ts';
import { clockFault, describeFailedAnswer, describeIdentityError, newReference } from './identity-fault.ts';
import { type Signer, signJwt } from './signers/signer.ts';

/** Tokens of the platform. Never leaves this folder. */
export interface PlatformTokens {
  readonly accessToken: string;
  /** Milliseconds since the epoch, by this computer's clock. */
  readonly accessExpiresAt: number;
  readonly refreshToken: string | undefined;
}

export type TokenOutcome =
  | { readonly kind: 'issued'; readonly tokens: PlatformTokens }
  /** `final`: the sign-in itself is used up. `passing`: the same may work later. */
  | { readonly kind: 'refused'; readonly fault: Fault; readonly lasting: 'final' | 'passing' };

export interface TokenEndpoint {
  /** Signs afresh for every attempt: the platform remembers each `jti`. */
  exchange(idToken: string): Promise<TokenOutcome>;
  /** Only where the environment has a client secret. A refresh token is spent by one use. */
  refresh(refreshToken: string): Promise<TokenOutcome>;
}

export interface TokenEndpointDependencies {
  readonly settings: Environment['platform'];
  readonly timeout: number;
  readonly network: Network;
  readonly clockSkew: ClockSkew;
  readonly signer: Signer;
  readonly now: () => number;
}

/** The platform refuses an `exp` more than five minutes ahead. */
const assertionLifetime = 300;

const seconds = v.pipe(
  v.union([v.number(), v.pipe(v.string(), v.regex(/^\d{1,9}$/), v.transform(Number))]),
  v.integer(),
  v.minValue(1),
);

/** The numbers of the real answer are strings; both are read. */
const tokenResponse = v.object({
  access_token: v.pipe(v.string(), v.regex(/^[\x21-\x7e]+$/)),
  expires_in: seconds,
  token_type: v.pipe(v.string(), v.toLowerCase(), v.literal('bearer')),
  refresh_token: v.optional(v.pipe(v.string(), v.regex(/^[\x21-\x7e]+$/))),
});

const errorResponse = v.object({
  error: v.optional(v.string(), ''),
  error_description: v.optional(v.string(), ''),
  message_id: v.optional(v.string()),
});

export function createTokenEndpoint({
  settings,
  timeout,
  network,
  clockSkew,
  signer,
  now,
}: TokenEndpointDependencies): TokenEndpoint {
  function post(parameters: Readonly<Record<string, string>>): Promise<ApiAnswer> {
    return network.request({
      method: 'POST',
      url: new URL(settings.tokenUrl),
      // Exactly this: a charset behind it gets 415.
      headers: { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'application/json' },
      body: new URLSearchParams(parameters).toString(),
      timeout,
    });
  }

  async function sendAssertion(idToken: string): Promise<ApiAnswer> {
    const issuedAt = Math.floor(now() / 1_000) + clockSkew.seconds();
    return post({
      grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
      subject_token_type: 'urn:ietf:params:oauth:token-type:id_token',
      subject_token: idToken,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: await signJwt(signer, {
        iss: settings.apiKey,
        sub: settings.apiKey,
        aud: settings.tokenUrl,
        jti: randomUUID(),
        iat: issuedAt,
        exp: issuedAt + assertionLifetime,
      }),
    });
  }

  function read(answer: ApiAnswer): TokenOutcome {
    if (answer.kind === 'failed') return passing(describeFailedAnswer(answer));
    const json = parseJson(answer.body);
    if (answer.status !== 200) return readError(answer, json, clockSkew.seconds());
    const parsed = v.safeParse(tokenResponse, json);
    if (!parsed.success) return passing(makeFault('answer-not-understood', newReference()));
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

  return {
    async exchange(idToken) {
      try {
        const first = read(await sendAssertion(idToken));
        // The refusal itself brought a `Date` header: with the clock put right, one more attempt, signed afresh.
        const clockMended = first.kind === 'refused' && first.fault.kind === 'clock-wrong';
        return clockMended ? read(await sendAssertion(idToken)) : first;
      } catch (error) {
        return passing(describeIdentityError(error, clockSkew.seconds()));
      }
    },
    async refresh(refreshToken) {
      if (settings.clientSecret === undefined) return passing(makeFault('signed-out', newReference()));
      return read(
        await post({
          grant_type: 'refresh_token',
          refresh_token: refreshToken,
          client_id: settings.apiKey,
          client_secret: settings.clientSecret,
        }),
      );
    },
  };
}

function passing(fault: Fault): TokenOutcome {
  return { kind: 'refused', fault, lasting: 'passing' };
}

function final(fault: Fault): TokenOutcome {
  return { kind: 'refused', fault, lasting: 'final' };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function readError(
  answer: Extract<ApiAnswer, { kind: 'answered' }>,
  json: unknown,
  clockDifference: number,
): TokenOutcome {
  const parsed = v.safeParse(errorResponse, json);
  if (!parsed.success) {
    return passing(
      makeFault(answer.status >= 500 ? 'service-failing' : 'answer-not-understood', newReference()),
    );
  }
  const { error, error_description: description, message_id } = parsed.output;
  const reference = message_id ?? newReference();
  if (answer.status === 429) return passing(makeFault('busy', reference));
  if (answer.status >= 500) return passing(makeFault('service-failing', reference));
  if (/client_assertion/.test(description) && /expired|5 minutes in future/.test(description)) {
    return passing(clockFault(clockDifference, reference));
  }
  if (/subject_token/.test(description) || error === 'invalid_grant') {
    return final(makeFault('signed-out', reference));
  }
  // In truth: no granted scope fits the assurance level, or the API is not subscribed to.
  if (error === 'unauthorized_client') return final(makeFault('assurance-too-low', reference));
  if (error === 'access_denied') return final(makeFault('denied', reference));
  if (error === 'public_key error' || /'kid' header in client_assertion/.test(description)) {
    return final(makeFault('signing-key-unavailable', reference));
  }
  return final(makeFault('sign-in-failed', reference));
}
