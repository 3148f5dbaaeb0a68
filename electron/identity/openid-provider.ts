/**
 * Care Identity as an OpenID provider: its metadata, discovered once an hour, its keys, and a configuration of
 * openid-client for each sign-in. The configuration turns on the check of ID-token signatures, which openid-client
 * leaves off in the code flow.
 * Source: OpenID Connect Discovery, section 4.3 (the issuer must match exactly); openid-client 6.
 */
import * as client from 'openid-client';
import { signInDetails } from '../../shared/fault.ts';
import { readJson } from '../network/body.ts';
import type { ClockSkew } from '../network/clock-skew.ts';
import type { Network } from '../network/network.ts';
import { type Environment, isLoopback } from '../settings/environment.ts';
import { refuse } from './identity-fault.ts';

export interface OpenIdProvider {
  /** For one sign-in, whose `signal` aborts every request. Uses the clock difference that is known now. */
  configure(signal: AbortSignal): Promise<client.Configuration>;
  /** Call after a successful sign-in: the next sign-in may use its keys. */
  keep(configuration: client.Configuration): void;
  /** Call after a failed sign-in: the metadata and the keys may be out of date. */
  forget(): void;
  /** Rejects where discovery fails. */
  logoutEndpoints(signal: AbortSignal): Promise<LogoutEndpoints>;
}

export interface LogoutEndpoints {
  readonly metadata: client.ServerMetadata;
  /** RFC 7009; `undefined` where discovery names no endpoint, or one on a host that the settings do not allow. */
  readonly revocation: URL | undefined;
  /** RP-Initiated Logout; `undefined` likewise. */
  readonly endSession: URL | undefined;
}

export interface OpenIdProviderDependencies {
  readonly settings: Environment['cis2'];
  readonly timeoutMs: number;
  readonly network: Network;
  readonly clockSkew: ClockSkew;
  readonly authentication: client.ClientAuth;
  readonly now: () => Date;
}

const discoveryLifetimeMs = 60 * 60_000;
/**
 * openid-client fetches the keys again for an unknown `kid` only if the cached keys are this old. Younger keys are
 * therefore not reused, so that a new key is found at once.
 */
const keysRefetchableAfterSeconds = 60;
/** A difference up to this is tolerated. */
const clockToleranceSeconds = 30;

export function createOpenIdProvider({
  settings,
  timeoutMs,
  network,
  clockSkew,
  authentication,
  now,
}: OpenIdProviderDependencies): OpenIdProvider {
  const issuer = new URL(settings.issuer);
  const send = network.fetch(timeoutMs);
  let found: { readonly metadata: client.ServerMetadata; readonly at: number } | undefined;
  let keys: client.ExportedJWKSCache | undefined;

  /** Leaves out openid-client's own time limit: the network has one, and `signal` ends the sign-in. */
  const fetchFor = (signal: AbortSignal): client.CustomFetch => {
    return async (url, { method, headers, body }) => {
      const response = await send(url, {
        method,
        // The library adds a charset, which this media type does not define and the platform refuses.
        headers: { ...headers, ...(body instanceof URLSearchParams ? formHeader : {}) },
        ...(body instanceof URLSearchParams ? { body: body.toString() } : {}),
        signal,
      });
      // `openid-fault.ts` recognises a page. The library itself accepts any media type that parses.
      if (isPage(response.headers) || response.status !== 200) return response;
      if (!isJson(response.headers)) return refuse('answer-not-understood', 'content type');
      // The library takes the last of two members with one name; `readJson` refuses both.
      const bytes = new Uint8Array(await response.clone().arrayBuffer());
      return readJson(bytes) === undefined ? refuse('answer-not-understood', 'JSON') : response;
    };
  };

  async function discover(fetch: client.CustomFetch): Promise<client.ServerMetadata> {
    if (found !== undefined && Math.abs(now().getTime() - found.at) < discoveryLifetimeMs)
      return found.metadata;
    const discovered = await client.discovery(issuer, settings.clientId, undefined, undefined, {
      [client.customFetch]: fetch,
      execute: isLoopback(issuer) ? [client.allowInsecureRequests] : [],
    });
    const metadata = discovered.serverMetadata();
    checkMetadata(metadata, settings);
    found = { metadata, at: now().getTime() };
    return metadata;
  }

  return {
    async configure(signal) {
      const fetch = fetchFor(signal);
      const configuration = new client.Configuration(
        await discover(fetch),
        settings.clientId,
        {
          id_token_signed_response_alg: settings.idTokenAlgorithm,
          [client.clockSkew]: clockSkew.seconds(),
          [client.clockTolerance]: clockToleranceSeconds,
        },
        authentication,
      );
      configuration[client.customFetch] = fetch;
      configuration.timeout = 0;
      if (isLoopback(issuer)) client.allowInsecureRequests(configuration);
      client.enableNonRepudiationChecks(configuration);
      const isReusable =
        keys !== undefined && now().getTime() / 1_000 - keys.uat >= keysRefetchableAfterSeconds;
      if (keys !== undefined && isReusable) client.setJwksCache(configuration, keys);
      return configuration;
    },
    keep(configuration) {
      keys = client.getJwksCache(configuration);
    },
    forget() {
      found = undefined;
      keys = undefined;
    },
    async logoutEndpoints(signal) {
      const metadata = await discover(fetchFor(signal));
      const allowed = (endpoint: string | undefined) => allowedEndpoint(endpoint, settings);
      return {
        metadata,
        revocation: allowed(metadata.revocation_endpoint),
        endSession: allowed(metadata.end_session_endpoint),
      };
    },
  };
}

/** OpenID Connect Discovery, section 4.2; RFC 6749, section 5.1; OpenID Connect Core, section 5.3.2. */
function isJson(headers: Headers): boolean {
  return /^application\/([\w.-]+\+)?json *(;|$)/i.test(headers.get('content-type') ?? '');
}

function isPage(headers: Headers): boolean {
  return /^text\/html/i.test(headers.get('content-type') ?? '');
}

const formHeader = { 'content-type': 'application/x-www-form-urlencoded' };

function checkMetadata(metadata: client.ServerMetadata, settings: Environment['cis2']): void {
  // The library compares parsed URLs, in which `:443` disappears; ID tokens name the issuer verbatim.
  if (metadata.issuer !== settings.issuer) {
    refuse('sign-in-failed', 'issuer', signInDetails.anotherIssuer);
  }
  const { authorization_endpoint, token_endpoint, userinfo_endpoint, jwks_uri } = metadata;
  for (const endpoint of [authorization_endpoint, token_endpoint, userinfo_endpoint, jwks_uri]) {
    if (allowedEndpoint(endpoint, settings) === undefined) {
      refuse('sign-in-failed', 'endpoints', signInDetails.endpointNotAllowed);
    }
  }
}

/** `undefined` for a text that is not a URL, and for a host that is neither the issuer's nor named in the environment. */
function allowedEndpoint(endpoint: string | undefined, settings: Environment['cis2']): URL | undefined {
  if (endpoint === undefined || !URL.canParse(endpoint)) return undefined;
  const issuer = new URL(settings.issuer);
  const url = new URL(endpoint);
  const isAllowed = [issuer.host, ...settings.signInHosts].includes(url.host);
  return isAllowed && url.protocol === issuer.protocol ? url : undefined;
}
