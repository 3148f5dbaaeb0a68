import { randomUUID } from 'node:crypto';
import Provider, { type Configuration, errors, type KoaContextWithOIDC } from 'oidc-provider';
import * as v from 'valibot';
import { privateJwk } from '../keys.ts';
import { epochSeconds, type SettingsStore } from '../settings.ts';
import { users } from '../users.ts';
import type { Keyring } from './keyring.ts';
import { createMemoryAdapter } from './memory-adapter.ts';
import type { Cis2Options } from './options.ts';
import { problemPage } from './pages.ts';
import { scopeClaims, userinfoClaims } from './userinfo.ts';

export interface Cis2Client {
  readonly clientId: string;
  readonly redirectUri: string;
  /** Used with `client_secret_post`. */
  readonly clientSecret: string;
  /** Used with `private_key_jwt`. */
  readonly publicJwk: Readonly<Record<string, unknown>>;
}

export interface Cis2Provider {
  readonly provider: Provider;
  /** The role that was chosen for a grant; undefined where none was. */
  readonly roleOf: (grantId: string | undefined) => string | undefined;
}

const interactionResult = v.object({ role: v.object({ id: v.optional(v.string()) }) });

export interface ProviderDependencies {
  readonly issuer: string;
  readonly options: Cis2Options;
  readonly client: Cis2Client;
  readonly keyring: Keyring;
  readonly settings: SettingsStore;
}

/** oidc-provider, set up to look like Care Identity. */
export function createProvider({
  issuer,
  options,
  client,
  keyring,
  settings,
}: ProviderDependencies): Cis2Provider {
  const rolesByGrant = new Map<string, string | undefined>();
  const rolesBySession = new Map<string, string | undefined>();
  const roleOf = (grantId: string | undefined) =>
    grantId === undefined ? undefined : rolesByGrant.get(grantId);

  /** No user is asked for consent: staff do not consent to their employer's application. */
  const grantEverything = async (ctx: KoaContextWithOIDC) => {
    const { session, result, provider } = ctx.oidc;
    if (session?.accountId === undefined) return undefined;
    const chosen = v.safeParse(interactionResult, result);
    const roleId = chosen.success ? chosen.output.role.id : rolesBySession.get(session.uid);
    rolesBySession.set(session.uid, roleId);
    const grant = new provider.Grant({ accountId: session.accountId, clientId: client.clientId });
    grant.addOIDCScope(Object.keys(scopeClaims).join(' '));
    rolesByGrant.set(await grant.save(), roleId);
    return grant;
  };

  const provider = new Provider(issuer, {
    clients: [clientMetadata(options, client)],
    adapter: createMemoryAdapter(),
    jwks: {
      keys: [
        { ...privateJwk(keyring.current()), kid: keyring.current().kid, use: 'sig', alg: keyring.algorithm },
      ],
    },
    routes: {
      authorization: options.paths.authorize,
      token: options.paths.token,
      userinfo: options.paths.userinfo,
      jwks: options.paths.jwks,
      ...(options.paths.revocation === undefined ? {} : { revocation: options.paths.revocation }),
      ...(options.paths.endSession === undefined ? {} : { end_session: options.paths.endSession }),
    },
    scopes: Object.keys(scopeClaims),
    claims: Object.fromEntries(Object.entries(scopeClaims).map(([scope, claims]) => [scope, [...claims]])),
    conformIdTokenClaims: false,
    responseTypes: ['code'],
    clientAuthMethods: [options.clientAuthentication],
    enabledJWA: {
      clientAuthSigningAlgValues: ['RS512', 'RS256'],
      idTokenSigningAlgValues: [options.idTokenAlgorithm],
    },
    pkce: { required: () => false },
    // The simulator's clock may be far from this computer's: its own times are checked by the next function instead.
    clockTolerance: 1_100_000,
    // A refused client keeps its code (RFC 6749, section 3.2.1: it is authenticated first).
    assertJwtClientAuthClaimsAndHeader: (_ctx, claims) => {
      const problem = clockProblem(claims, epochSeconds(settings.now()));
      if (problem !== undefined) throw new errors.CustomOIDCProviderError('invalid_client', problem);
    },
    ttl: {
      AccessToken: 3_600,
      AuthorizationCode: 60,
      Grant: 86_400,
      IdToken: 3_600,
      // A browser computes a cookie's expiry from the `Date` of its response, which a test may have moved by hours.
      Interaction: 12 * 3_600,
      Session: 86_400,
    },
    cookies: {
      keys: [randomUUID()],
      short: { httpOnly: true, overwrite: true, sameSite: 'lax' },
      long: { httpOnly: true, overwrite: true, sameSite: 'lax' },
    },
    features: {
      devInteractions: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      dPoP: { enabled: false },
      revocation: { enabled: options.paths.revocation !== undefined },
      rpInitiatedLogout: { enabled: options.paths.endSession !== undefined },
    },
    interactions: { url: (_ctx, { uid }) => `${new URL(issuer).pathname}/interaction/${uid}` },
    loadExistingGrant: grantEverything,
    findAccount: (_ctx, accountId, token) => {
      const user = users.find(({ userId }) => userId === accountId);
      if (user === undefined) return undefined;
      const selectedRoleId = token === undefined ? undefined : roleOf(token.grantId);
      return { accountId, claims: () => ({ ...userinfoClaims(user, selectedRoleId, options) }) };
    },
    renderError: (ctx) => {
      const { html, headers } = problemPage();
      ctx.set({ ...headers });
      ctx.type = 'html';
      ctx.body = html;
    },
  } satisfies Configuration);
  return { provider, roleOf };
}

/** Thirty seconds of tolerance for clocks that differ a little. */
function clockProblem({ exp, iat }: Readonly<Record<string, unknown>>, now: number): string | undefined {
  if (typeof exp === 'number' && exp <= now - 30) return 'JWT has expired';
  if (typeof iat === 'number' && iat > now + 30) return 'JWT was issued in the future';
  return undefined;
}

function clientMetadata(options: Cis2Options, client: Cis2Client) {
  const common = {
    client_id: client.clientId,
    redirect_uris: [client.redirectUri],
    response_types: ['code' as const],
    grant_types: ['authorization_code'],
    id_token_signed_response_alg: options.idTokenAlgorithm,
    token_endpoint_auth_method: options.clientAuthentication,
  };
  return options.clientAuthentication === 'private_key_jwt'
    ? { ...common, jwks: { keys: [client.publicJwk] } }
    : { ...common, client_secret: client.clientSecret };
}
