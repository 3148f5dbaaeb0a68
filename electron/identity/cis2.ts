import * as client from 'openid-client';
import * as v from 'valibot';
import { type Fault, roleDetails, signInDetails } from '../../shared/fault.ts';
import { newReference } from '../diagnostics/reference.ts';
import type { ClockSkew } from '../network/clock-skew.ts';
import type { Network } from '../network/network.ts';
import type { Environment } from '../settings/environment.ts';
import { type AcrRequest, acrValuesFor } from './acr-values.ts';
import { createClientAuthentication } from './client-authentication.ts';
import { checkAssurance, checkFreshness, readIdTokenClaims } from './id-token.ts';
import { clockFault, IdentityFault, refuse } from './identity-fault.ts';
import { type EndReason, failuresOf, type LogoutFailure } from './logout-failure.ts';
import { describeSignInError, isAboutTime, isClientRefusal, isTimestampError } from './openid-fault.ts';
import { createOpenIdProvider } from './openid-provider.ts';
import { decideRole, type HeldRole } from './role.ts';
import type { SignInUserAgent } from './sign-in-user-agent.ts';
import type { Signer } from './signers/signer.ts';
import { readDisplayName, readRoles, type UserInfo, userInfoSchema } from './userinfo.ts';

/** Never leaves this folder. */
export interface CareIdentityTokens {
  /** Exchanged for the platform's tokens. */
  readonly idToken: string;
  /** Milliseconds since the epoch, by this computer's clock. */
  readonly idTokenExpiresAt: number;
  /** Used once, for userinfo, and kept until it is revoked. */
  readonly accessToken: string;
}

/** A user whom Care Identity has authenticated. */
export interface AuthenticatedUser {
  readonly tokens: CareIdentityTokens;
  readonly userId: string;
  readonly name: string;
  readonly hasOtherRoles: boolean;
  readonly role:
    | { readonly kind: 'selected'; readonly role: HeldRole }
    | { readonly kind: 'choose'; readonly roles: readonly HeldRole[] };
}

export type SignInOutcome =
  | { readonly kind: 'authenticated'; readonly user: AuthenticatedUser }
  | { readonly kind: 'refused'; readonly fault: Fault };

export interface SignInRequest {
  readonly purpose: 'sign-in' | 'change-role';
  readonly acr: AcrRequest;
  readonly signal: AbortSignal;
}

export interface Cis2 {
  /** Fetches what a sign-in needs before there is a user. Resolves with whether that is there. Never throws. */
  prepare(): Promise<boolean>;
  /** Never throws. */
  signIn(request: SignInRequest): Promise<SignInOutcome>;
  /** Revokes the access token and ends the session, where Care Identity offers it. Resolves with the failures. Never throws. */
  end(tokens: CareIdentityTokens, reason: EndReason): Promise<readonly LogoutFailure[]>;
}

export interface Cis2Dependencies {
  readonly settings: Environment['cis2'];
  readonly timeoutMs: number;
  readonly network: Network;
  readonly clockSkew: ClockSkew;
  readonly userAgent: SignInUserAgent;
  /** Asks the user "Are you …?" where the user agent does not know who answered (H14). Closed when `signal` aborts. */
  readonly confirmUser: (name: string, signal: AbortSignal) => Promise<boolean>;
  /** Signs the client assertion; `undefined` with `client_secret_post`. */
  readonly signer: Signer | undefined;
  /** Called with the tokens of a sign-in that failed after they were issued. */
  readonly onUnused: (tokens: CareIdentityTokens) => void;
  readonly now: () => Date;
}

const form = { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'application/json' };

/** A larger change of the clock difference during a request means that the request was dated wrongly. */
const noticeableSkewSeconds = 30;

/**
 * Sign-in at NHS Care Identity Service 2: the code flow with PKCE, state, nonce and `prompt=login`, the verified ID
 * token, userinfo and the role. A sign-in results in the tokens and in the name and the role that the screens show.
 * Source: NHS CIS2 guidance; OpenID Connect Core; RFC 7636; RFC 9207.
 */
export function createCis2(dependencies: Cis2Dependencies): Cis2 {
  const { settings, timeoutMs, network, clockSkew, userAgent, confirmUser, signer, onUnused, now } =
    dependencies;
  const authentication = createClientAuthentication({
    settings: settings.clientAuthentication,
    signer,
    serverTime: () => Math.floor(now().getTime() / 1_000) + clockSkew.seconds(),
  });
  const provider = createOpenIdProvider({ ...dependencies, authentication });

  async function authenticate({ purpose, acr, signal }: SignInRequest) {
    const startedAt = now().getTime();
    const checks = {
      pkceCodeVerifier: client.randomPKCECodeVerifier(),
      expectedState: client.randomState(),
      expectedNonce: client.randomNonce(),
      idTokenExpected: true,
    };
    const authorisationUrl = client.buildAuthorizationUrl(await provider.configure(signal), {
      redirect_uri: settings.redirectUri,
      scope: scopesFor(purpose, settings.scopes).join(' '),
      acr_values: acrValuesFor(settings, acr),
      // On a shared workstation no sign-in may reuse the session of the previous user (H14).
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
      idTokenExpiresAt: ((tokens.claims()?.exp ?? 0) - clockSkew.seconds()) * 1_000,
      accessToken: tokens.access_token,
    };
    return revokeOnFailure(issued, async () => {
      const claims = readIdTokenClaims(tokens.claims());
      checkFreshness(claims, Math.max(0, now().getTime() - startedAt) / 1_000);
      checkAssurance(claims, settings);
      const response = await client.fetchUserInfo(configuration, tokens.access_token, claims.sub);
      provider.keep(configuration);
      const userInfo = readUserInfo(response);
      if (answeredBy === 'unknown' && !(await confirmUser(readDisplayName(userInfo), signal)))
        refuse('sign-in-cancelled', 'another user', signInDetails.anotherUser);
      return { tokens: issued, claims, userInfo };
    });
  }

  /** Revokes the tokens where the rest of the sign-in fails. */
  async function revokeOnFailure<Result>(
    tokens: CareIdentityTokens,
    work: () => Promise<Result>,
  ): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      onUnused(tokens);
      throw error;
    }
  }

  /** Resolves with the redirect URI with the provider's parameters, and with the user who answered, if known. */
  async function askUser(authorisationUrl: URL, signal: AbortSignal) {
    const redirectUri = new URL(settings.redirectUri);
    if (signal.aborted) return refuse('sign-in-cancelled');
    const returned = await userAgent({ authorisationUrl, redirectUri, signal });
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
   * Redeems the code. A response that refuses the client's assertion carries the right time and leaves the code valid:
   * if the clock was wrong, the viewer tries once more with the corrected time.
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
      const clockWasCorrected = Math.abs(clockSkew.seconds() - assumedSkew) > noticeableSkewSeconds;
      const clockIsUnknown = !clockSkew.isKnown();
      if (attempt === 'first' && clockWasCorrected && isClientRefusal(error)) {
        return redeem(redirect, checks, signal, 'last');
      }
      const isClockFault =
        (isTimestampError(error) && (clockWasCorrected || clockIsUnknown)) ||
        (isClientRefusal(error) && isAboutTime(error));
      if (isClockFault) throw new IdentityFault(clockFault(clockSkew.seconds(), newReference()));
      throw error;
    }
  }

  async function identify(request: SignInRequest, signedInTwice: boolean): Promise<AuthenticatedUser> {
    const { tokens, claims, userInfo } = await authenticate(request);
    const roles = readRoles(userInfo);
    const decision = decideRole({
      selectedRoleId: claims.selected_roleid ?? undefined,
      roles,
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
        return {
          tokens,
          userId: claims.sub,
          name: readDisplayName(userInfo),
          hasOtherRoles: roles.length > 1,
          role: decision,
        };
    }
  }

  /** RFC 7009, section 2.1: authenticates as at the token endpoint. */
  async function revoke(
    url: URL,
    metadata: client.ServerMetadata,
    token: string,
  ): Promise<readonly LogoutFailure[]> {
    const body = new URLSearchParams({ token, token_type_hint: 'access_token' });
    await authentication(metadata, { client_id: settings.clientId }, body, new Headers());
    const response = await network.request({
      method: 'POST',
      url,
      headers: form,
      body: body.toString(),
      timeoutMs,
    });
    return failuresOf('care-identity-revocation', response);
  }

  /** RP-Initiated Logout 1.0, section 2: the ID token names the session. The viewer sends no `post_logout_redirect_uri`. */
  async function endSession(url: URL, idToken: string): Promise<readonly LogoutFailure[]> {
    const parameters = new URLSearchParams({ id_token_hint: idToken, client_id: settings.clientId });
    const request =
      settings.endSession === 'get'
        ? { method: 'GET' as const, url: withQuery(url, parameters), headers: {} }
        : { method: 'POST' as const, url, headers: form, body: parameters.toString() };
    return failuresOf('care-identity-end-session', await network.request({ ...request, timeoutMs }));
  }

  return {
    prepare: () =>
      provider.prepare(AbortSignal.timeout(timeoutMs)).then(
        () => true,
        () => false,
      ),
    async end({ idToken, accessToken }, reason) {
      // The session of the sign-in window belongs to this sign-in alone: its cookies are gone, so a lock ends it too.
      const endsSession =
        settings.endSession !== 'off' && (reason === 'signed-out' || settings.surface === 'window');
      const failed = (step: LogoutFailure['step']) => (error: unknown) => [
        { step, result: describeSignInError(error).kind },
      ];
      try {
        const endpoints = await provider.logoutEndpoints(AbortSignal.timeout(timeoutMs));
        // Independently: where the key cannot sign the revocation, the session is still ended.
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
        return { kind: 'authenticated', user: await identify(request, false) };
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

/** A change of role requests the scope `changedrole` in place of `selectedrole`. Source: NHS CIS2 guidance on roles. */
function scopesFor(purpose: SignInRequest['purpose'], scopes: readonly string[]): readonly string[] {
  return purpose === 'sign-in'
    ? scopes
    : scopes.map((scope) => (scope === 'selectedrole' ? 'changedrole' : scope));
}

function readUserInfo(response: unknown): UserInfo {
  const parsed = v.safeParse(userInfoSchema, response);
  return parsed.success ? parsed.output : refuse('sign-in-failed', 'userinfo');
}
