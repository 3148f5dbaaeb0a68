/**
 * NHS Care Identity Service 2: the code flow with PKCE, state, nonce and `prompt=login`, the verified ID token,
 * userinfo and the role. Ends in an ID token for the platform and in what may be shown; nothing else is kept.
 * Source: NHS CIS2 guidance; OpenID Connect Core; RFC 7636; RFC 9207.
 */
import * as client from 'openid-client';
import * as v from 'valibot';
import { type Fault, roleDetails, signInDetails } from '../../shared/fault.ts';
import { newReference } from '../diagnostics/reference.ts';
import type { ClockSkew } from '../network/clock-skew.ts';
import type { Network } from '../network/network.ts';
import type { Environment } from '../settings/environment.ts';
import { createClientAuthentication } from './client-authentication.ts';
import { checkAssurance, checkFreshness, readIdTokenClaims } from './id-token.ts';
import { clockFault, IdentityFault, refuse } from './identity-fault.ts';
import { type EndReason, failuresOf, type LogoutFailure } from './logout.ts';
import { describeSignInError, isAboutTime, isClientRefusal, isTimestampError } from './openid-fault.ts';
import { createOpenIdProvider } from './openid-provider.ts';
import { decideRole, type HeldRole } from './role.ts';
import type { SignInUserAgent } from './sign-in-user-agent.ts';
import type { Signer } from './signers/signer.ts';
import { readDisplayName, readRoles, type UserInfo, userInfoSchema } from './userinfo.ts';

/** Both stay in this folder. */
export interface CareIdentityTokens {
  /** For the platform. */
  readonly idToken: string;
  /** Used once, for userinfo; kept to be revoked with the rest. */
  readonly accessToken: string;
}

/** Somebody whom Care Identity vouches for. */
export interface AuthenticatedUser {
  readonly tokens: CareIdentityTokens;
  readonly userId: string;
  readonly name: string;
  readonly role:
    | { readonly kind: 'selected'; readonly role: HeldRole }
    | { readonly kind: 'choose'; readonly roles: readonly HeldRole[] };
}

export type SignInOutcome =
  | { readonly kind: 'identified'; readonly identified: AuthenticatedUser }
  | { readonly kind: 'refused'; readonly fault: Fault };

export interface SignInRequest {
  readonly purpose: 'sign-in' | 'change-role';
  /** `step-up` after a sign-in that was not strong enough. */
  readonly acr: 'default' | 'step-up';
  readonly signal: AbortSignal;
}

export interface Cis2 {
  /** Never throws. */
  signIn(request: SignInRequest): Promise<SignInOutcome>;
  /** Revokes the access token and ends the session, where Care Identity offers it. Gives what failed. Never throws. */
  end(tokens: CareIdentityTokens, reason: EndReason): Promise<readonly LogoutFailure[]>;
}

export interface Cis2Dependencies {
  readonly settings: Environment['cis2'];
  /** Milliseconds. */
  readonly timeout: number;
  readonly network: Network;
  readonly clockSkew: ClockSkew;
  readonly userAgent: SignInUserAgent;
  /** Asks the user whether they are this person, where the surface cannot tell (H14). Closed when `signal` aborts. */
  readonly confirmUser: (name: string, signal: AbortSignal) => Promise<boolean>;
  /** Signs the client assertion; `undefined` with `client_secret_post`. */
  readonly signer: Signer | undefined;
  /** Told of tokens that were issued for a sign-in which came to nothing. */
  readonly onUnused: (tokens: CareIdentityTokens) => void;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

const form = { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'application/json' };

/** A difference of this many seconds is one that the last request was sent without knowing of. */
const noticeableSkew = 30;

export function createCis2(dependencies: Cis2Dependencies): Cis2 {
  const {
    settings,
    timeout,
    network,
    clockSkew,
    userAgent: surface,
    confirmUser,
    signer,
    onUnused,
    now,
  } = dependencies;
  const authentication = createClientAuthentication({
    settings: settings.clientAuthentication,
    signer,
    serverTime: () => Math.floor(now() / 1_000) + clockSkew.seconds(),
  });
  const provider = createOpenIdProvider({ ...dependencies, authentication });

  async function authenticate({ purpose, acr: strength, signal }: SignInRequest) {
    const startedAt = now();
    const checks = {
      pkceCodeVerifier: client.randomPKCECodeVerifier(),
      expectedState: client.randomState(),
      expectedNonce: client.randomNonce(),
      idTokenExpected: true,
    };
    const authorisationUrl = client.buildAuthorizationUrl(await provider.configure(signal), {
      redirect_uri: settings.redirectUri,
      scope: scopesFor(purpose, settings.scopes).join(' '),
      acr_values: strength === 'step-up' ? settings.strongestAcrValues : settings.acrValues,
      // A shared workstation must never reuse the session of the user before (H14).
      prompt: 'login',
      state: checks.expectedState,
      nonce: checks.expectedNonce,
      code_challenge: await client.calculatePKCECodeChallenge(checks.pkceCodeVerifier),
      code_challenge_method: 'S256',
    });
    const { redirect, answeredBy } = await askUser(authorisationUrl, signal);
    const { configuration, tokens } = await redeem(redirect, checks, signal);
    const issued = {
      idToken: tokens.id_token ?? refuse('sign-in-failed'),
      accessToken: tokens.access_token,
    };
    return orElseEnd(issued, async () => {
      const claims = readIdTokenClaims(tokens.claims());
      checkFreshness(claims, Math.max(0, now() - startedAt) / 1_000);
      checkAssurance(claims, settings);
      const answer = await client.fetchUserInfo(configuration, tokens.access_token, claims.sub);
      provider.keep(configuration);
      const userInfo = readUserInfo(answer);
      if (answeredBy === 'unknown' && !(await confirmUser(readDisplayName(userInfo), signal)))
        refuse('sign-in-cancelled', 'another user', signInDetails.anotherUser);
      return { tokens: issued, claims, userInfo };
    });
  }

  /** What was issued for a sign-in that comes to nothing is ended as well. */
  async function orElseEnd<Result>(tokens: CareIdentityTokens, work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      onUnused(tokens);
      throw error;
    }
  }

  /** Gives the redirect URI with what the provider answered, and whether it was answered by this user. */
  async function askUser(authorisationUrl: URL, signal: AbortSignal) {
    const redirectUri = new URL(settings.redirectUri);
    if (signal.aborted) return refuse('sign-in-cancelled');
    const returned = await surface({ authorisationUrl, redirectUri, signal });
    switch (returned.kind) {
      case 'closed':
        return refuse('sign-in-cancelled');
      case 'failed':
        throw new IdentityFault(returned.fault);
      case 'redirected':
        redirectUri.search = returned.url.search;
        return { redirect: redirectUri, answeredBy: returned.answeredBy };
    }
  }

  /**
   * Redeems the code. An answer that refuses the client's assertion brings the right time with it, and has not used
   * the code up: with the clock put right, one more attempt.
   */
  async function redeem(
    redirect: URL,
    checks: client.AuthorizationCodeGrantChecks,
    signal: AbortSignal,
    attempt: 'first' | 'last' = 'first',
  ) {
    const assumedSkew = clockSkew.seconds();
    const configuration = await provider.configure(signal);
    try {
      const tokens = await client.authorizationCodeGrant(configuration, redirect, { ...checks });
      return { configuration, tokens };
    } catch (error) {
      const isClockNews = Math.abs(clockSkew.seconds() - assumedSkew) > noticeableSkew;
      const isClockUnknown = !clockSkew.isKnown();
      if (attempt === 'first' && isClockNews && isClientRefusal(error)) {
        return redeem(redirect, checks, signal, 'last');
      }
      const isClock =
        (isTimestampError(error) && (isClockNews || isClockUnknown)) ||
        (isClientRefusal(error) && isAboutTime(error));
      if (isClock) throw new IdentityFault(clockFault(clockSkew.seconds(), newReference()));
      throw error;
    }
  }

  async function identify(request: SignInRequest, signedInTwice: boolean): Promise<AuthenticatedUser> {
    const { tokens, claims, userInfo } = await authenticate(request);
    const decision = decideRole({
      selectedRoleId: claims.selected_roleid ?? undefined,
      roles: readRoles(userInfo),
      pickerAllowed: settings.rolePicker,
      signedInTwice,
    });
    switch (decision.kind) {
      case 'sign-in-again':
        onUnused(tokens);
        return identify(request, true);
      case 'refused':
        onUnused(tokens);
        return refuse('role-missing', decision.reason, roleDetails[decision.reason]);
      case 'selected':
      case 'choose':
        return { tokens, userId: claims.sub, name: readDisplayName(userInfo), role: decision };
    }
  }

  /** RFC 7009, section 2.1: authenticated as at the token endpoint. */
  async function revoke(
    url: URL,
    metadata: client.ServerMetadata,
    token: string,
  ): Promise<readonly LogoutFailure[]> {
    const body = new URLSearchParams({ token, token_type_hint: 'access_token' });
    await authentication(metadata, { client_id: settings.clientId }, body, new Headers());
    const answer = await network.request({
      method: 'POST',
      url,
      headers: form,
      body: body.toString(),
      timeout,
    });
    return failuresOf('care-identity-revocation', answer);
  }

  /** RP-Initiated Logout 1.0, section 2: the ID token says which session. No address to go back to is given. */
  async function endSession(url: URL, idToken: string): Promise<readonly LogoutFailure[]> {
    const parameters = new URLSearchParams({ id_token_hint: idToken, client_id: settings.clientId });
    const request =
      settings.endSession === 'get'
        ? { method: 'GET' as const, url: withQuery(url, parameters), headers: {}, timeout }
        : { method: 'POST' as const, url, headers: form, body: parameters.toString(), timeout };
    return failuresOf('care-identity-end-session', await network.request(request));
  }

  return {
    async end({ idToken, accessToken }, reason) {
      // A session of the sign-in window is this sign-in's alone, and of no further use: its cookies are gone.
      const endsSession =
        settings.endSession !== 'off' && (reason === 'signed-out' || settings.surface === 'window');
      const failed = (step: LogoutFailure['step']) => (error: unknown) => [
        { step, result: describeSignInError(error).kind },
      ];
      try {
        const endpoints = await provider.logoutEndpoints(AbortSignal.timeout(timeout));
        // Side by side: a key that cannot sign the one does not keep the session from its end.
        const failures = await Promise.all([
          endpoints.revocation === undefined
            ? []
            : revoke(endpoints.revocation, endpoints.metadata, accessToken).catch(
                failed('care-identity-revocation'),
              ),
          endpoints.endSession === undefined || !endsSession ? [] : endSession(endpoints.endSession, idToken),
        ]);
        return failures.flat();
      } catch (error) {
        return failed('care-identity-discovery')(error);
      }
    },
    async signIn(request) {
      try {
        return { kind: 'identified', identified: await identify(request, false) };
      } catch (error) {
        const fault = describeSignInError(error);
        if (fault.kind !== 'sign-in-cancelled') provider.forget();
        return { kind: 'refused', fault };
      }
    },
  };
}

function withQuery(url: URL, parameters: URLSearchParams): URL {
  const full = new URL(url);
  for (const [name, value] of parameters) full.searchParams.set(name, value);
  return full;
}

/** Changing role asks with `changedrole` in place of `selectedrole`. Source: NHS CIS2 guidance on roles. */
function scopesFor(purpose: SignInRequest['purpose'], scopes: readonly string[]): readonly string[] {
  return purpose === 'sign-in'
    ? scopes
    : scopes.map((scope) => (scope === 'selectedrole' ? 'changedrole' : scope));
}

function readUserInfo(answer: unknown): UserInfo {
  const parsed = v.safeParse(userInfoSchema, answer);
  return parsed.success ? parsed.output : refuse('sign-in-failed', 'userinfo');
}
