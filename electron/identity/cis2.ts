/**
 * NHS Care Identity Service 2: the code flow with PKCE, state, nonce and `prompt=login`, the verified ID token,
 * userinfo and the role. Ends in an ID token for the platform and in what may be shown; nothing else is kept.
 * Source: NHS CIS2 guidance; OpenID Connect Core; RFC 7636; RFC 9207; what openid-client leaves off by default is
 * switched on here (ID-token signatures are not verified in the code flow unless asked).
 */
import * as client from 'openid-client';
import * as v from 'valibot';
import type { ClockSkew } from '../network/clock-skew.ts';
import type { Network } from '../network/network.ts';
import { type Environment, isLoopback } from '../settings/environment.ts';
import { describeFailedAnswer, IdentityFault, refuse } from './identity-fault.ts';
import { decideRole, type HeldRole, readDisplayName, readRoles, userInfoSchema } from './role.ts';
import type { SignInSurface } from './sign-in-surface.ts';
import { type Signer, signJwt } from './signers/signer.ts';

/** Somebody whom Care Identity vouches for. The ID token stays in this folder. */
export interface Identified {
  readonly idToken: string;
  readonly userId: string;
  readonly name: string;
  readonly role:
    | { readonly kind: 'selected'; readonly role: HeldRole }
    | { readonly kind: 'choose'; readonly roles: readonly HeldRole[] };
}

export interface SignInRequest {
  readonly purpose: 'sign-in' | 'change-role';
  readonly signal: AbortSignal;
}

export interface Cis2 {
  /** Throws an error that `describeIdentityError` reads. */
  signIn(request: SignInRequest): Promise<Identified>;
}

export interface Cis2Dependencies {
  readonly settings: Environment['cis2'];
  readonly timeout: number;
  readonly network: Network;
  readonly clockSkew: ClockSkew;
  readonly surface: SignInSurface;
  /** Signs the client assertion; `undefined` with `client_secret_post`. */
  readonly signer: Signer | undefined;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

const discoveryLifetime = 60 * 60_000;
/** How far `auth_time` may lie before the sign-in was asked for: clocks differ a little. Seconds. */
const authTimeLeeway = 60;

const level = v.pipe(
  v.union([v.number(), v.pipe(v.string(), v.regex(/^\d$/), v.transform(Number))]),
  v.integer(),
);

/** The members of CIS2's ID token that are checked here, beside what openid-client checks. */
const idTokenClaims = v.object({
  sub: v.pipe(v.string(), v.minLength(1)),
  selected_roleid: v.optional(v.nullable(v.string())),
  authentication_assurance_level: level,
  id_assurance_level: level,
  auth_time: v.number(),
});

export function createCis2({
  settings,
  timeout,
  network,
  clockSkew,
  surface,
  signer,
  now,
}: Cis2Dependencies): Cis2 {
  let discovered: { readonly metadata: client.ServerMetadata; readonly at: number } | undefined;
  const issuer = new URL(settings.issuer);
  const send = network.fetch(timeout);
  const fetch: client.CustomFetch = (url, { method, headers, body, signal }) =>
    send(url, {
      method,
      headers,
      ...(body instanceof URLSearchParams ? { body: body.toString() } : {}),
      ...(signal === undefined ? {} : { signal }),
    });

  const serverTime = () => Math.floor(now() / 1_000) + clockSkew.seconds();

  const authenticateClient: client.ClientAuth = async (server, { client_id }, body) => {
    if (settings.clientAuthentication.method === 'client_secret_post') {
      body.set('client_id', client_id);
      body.set('client_secret', settings.clientAuthentication.clientSecret);
      return;
    }
    if (signer === undefined || server.token_endpoint === undefined) refuse('signing-key-unavailable');
    const issuedAt = serverTime();
    const claims = {
      iss: client_id,
      sub: client_id,
      aud: server.token_endpoint,
      jti: crypto.randomUUID(),
      iat: issuedAt,
      exp: issuedAt + 300,
    };
    body.set('client_id', client_id);
    body.set('client_assertion_type', 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer');
    body.set('client_assertion', await signJwt(signer, claims, settings.clientAuthentication.algorithm));
  };

  /** Discovery is kept for an hour; the clock's difference is set afresh each time. */
  async function configure(): Promise<client.Configuration> {
    if (discovered === undefined || now() - discovered.at > discoveryLifetime) {
      const found = await client.discovery(issuer, settings.clientId, undefined, undefined, {
        [client.customFetch]: fetch,
        execute: isLoopback(issuer) ? [client.allowInsecureRequests] : [],
      });
      discovered = { metadata: found.serverMetadata(), at: now() };
    }
    const configuration = new client.Configuration(
      discovered.metadata,
      settings.clientId,
      {
        id_token_signed_response_alg: settings.idTokenAlgorithm,
        [client.clockSkew]: clockSkew.seconds(),
        [client.clockTolerance]: 30,
      },
      authenticateClient,
    );
    configuration[client.customFetch] = fetch;
    if (isLoopback(issuer)) client.allowInsecureRequests(configuration);
    client.enableNonRepudiationChecks(configuration);
    return configuration;
  }

  async function authenticate({ purpose, signal }: SignInRequest) {
    const configuration = await configure();
    const startedAt = serverTime();
    const pkceCodeVerifier = client.randomPKCECodeVerifier();
    const expectedState = client.randomState();
    const expectedNonce = client.randomNonce();
    const authorisationUrl = client.buildAuthorizationUrl(configuration, {
      redirect_uri: settings.redirectUri,
      scope: scopesFor(purpose, settings.scopes).join(' '),
      acr_values: settings.acrValues,
      // A shared workstation must never reuse the session of the user before (H14).
      prompt: 'login',
      state: expectedState,
      nonce: expectedNonce,
      code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
      code_challenge_method: 'S256',
    });
    const returned = await surface({ authorisationUrl, redirectUri: new URL(settings.redirectUri), signal });
    switch (returned.kind) {
      case 'closed':
        return refuse('sign-in-cancelled');
      case 'failed':
        throw new IdentityFault(describeFailedAnswer(returned.failure));
      case 'redirected':
        break;
    }
    const tokens = await client.authorizationCodeGrant(configuration, returned.url, {
      expectedState,
      expectedNonce,
      pkceCodeVerifier,
      idTokenExpected: true,
    });
    const parsed = v.safeParse(idTokenClaims, tokens.claims());
    if (!parsed.success || tokens.id_token === undefined) refuse('sign-in-failed');
    checkAssurance(parsed.output, settings);
    if (parsed.output.auth_time < startedAt - authTimeLeeway)
      refuse('sign-in-failed', undefined, 'old auth_time');
    const userInfo = v.safeParse(
      userInfoSchema,
      await client.fetchUserInfo(configuration, tokens.access_token, parsed.output.sub),
    );
    if (!userInfo.success) refuse('sign-in-failed', undefined, 'userinfo not understood');
    return { idToken: tokens.id_token, claims: parsed.output, userInfo: userInfo.output };
  }

  async function identify(request: SignInRequest, signedInTwice: boolean): Promise<Identified> {
    const { idToken, claims, userInfo } = await authenticate(request);
    const decision = decideRole({
      selectedRoleId: claims.selected_roleid ?? undefined,
      roles: readRoles(userInfo),
      pickerAllowed: settings.rolePicker,
      signedInTwice,
    });
    switch (decision.kind) {
      case 'sign-in-again':
        return identify(request, true);
      case 'refused':
        return refuse('role-missing', roleWords[decision.reason]);
      case 'selected':
      case 'choose':
        return { idToken, userId: claims.sub, name: readDisplayName(userInfo), role: decision };
    }
  }

  return { signIn: (request) => identify(request, false) };
}

const roleWords = {
  'no-role': {
    happened: 'Your Care Identity has no role.',
    action: 'Ask your Registration Authority.',
  },
  'none-selected': {
    happened: 'Care Identity did not say which of your roles to use.',
    action: 'Sign in again and choose a role. If it happens again, ask your Registration Authority.',
  },
  'empty-selection': {
    happened: 'Care Identity did not say which of your roles to use.',
    action: 'Sign in again and choose a role. If it happens again, ask your Registration Authority.',
  },
  'not-held': {
    happened: 'Care Identity chose a role that you do not hold.',
    action: 'Sign in again. If it happens again, tell your IT service desk.',
  },
} as const;

/** Changing role asks with `changedrole` in place of `selectedrole`. Source: NHS CIS2 guidance on roles. */
function scopesFor(purpose: SignInRequest['purpose'], scopes: readonly string[]): readonly string[] {
  return purpose === 'sign-in'
    ? scopes
    : scopes.map((scope) => (scope === 'selectedrole' ? 'changedrole' : scope));
}

function checkAssurance(claims: v.InferOutput<typeof idTokenClaims>, settings: Environment['cis2']): void {
  const strongEnough =
    claims.authentication_assurance_level >= settings.leastAuthenticationAssurance &&
    claims.id_assurance_level >= settings.leastIdentityAssurance;
  if (!strongEnough) refuse('assurance-too-low');
}
