/**
 * Care Identity as an OpenID provider: its metadata, found once an hour, its keys, and a configuration of openid-client
 * for each sign-in. What the library leaves off by default is switched on here: ID-token signatures are not verified
 * in the code flow unless asked.
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
  /** For one sign-in, whose `signal` ends every request. It takes in the clock's difference as it is now known. */
  configure(signal: AbortSignal): Promise<client.Configuration>;
  /** After a sign-in that worked: its keys serve the next one too. */
  keep(configuration: client.Configuration): void;
  /** After one that did not: what is known may be out of date. */
  forget(): void;
  /** Where a sign-in is ended. Rejects where discovery does. */
  logoutEndpoints(signal: AbortSignal): Promise<LogoutEndpoints>;
}

export interface LogoutEndpoints {
  readonly metadata: client.ServerMetadata;
  /** RFC 7009; `undefined` where discovery names none, or one on a host that the settings do not allow. */
  readonly revocation: URL | undefined;
  /** RP-Initiated Logout; `undefined` likewise. */
  readonly endSession: URL | undefined;
}

export interface OpenIdProviderDependencies {
  readonly settings: Environment['cis2'];
  readonly timeout: number;
  readonly network: Network;
  readonly clockSkew: ClockSkew;
  readonly authentication: client.ClientAuth;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

const discoveryLifetime = 60 * 60_000;
/**
 * The library refetches keys for an unknown `kid` only when those it has are this old, so younger ones are not reused:
 * a key that changed a moment ago is then found all the same. Seconds.
 */
const keysRefetchableAfter = 60;
/** Seconds that clocks may differ without anybody being wrong. */
const clockTolerance = 30;

export function createOpenIdProvider({
  settings,
  timeout,
  network,
  clockSkew,
  authentication,
  now,
}: OpenIdProviderDependencies): OpenIdProvider {
  const issuer = new URL(settings.issuer);
  const send = network.fetch(timeout);
  let found: { readonly metadata: client.ServerMetadata; readonly at: number } | undefined;
  let keys: client.ExportedJWKSCache | undefined;

  /** openid-client's own time limit is left aside: the network has one, and the sign-in its own signal. */
  const fetchFor = (signal: AbortSignal): client.CustomFetch => {
    return async (url, { method, headers, body }) => {
      const response = await send(url, {
        method,
        // It adds a charset, which is no parameter of this media type; the platform refuses it outright.
        headers: { ...headers, ...(body instanceof URLSearchParams ? formHeader : {}) },
        ...(body instanceof URLSearchParams ? { body: body.toString() } : {}),
        signal,
      });
      // A page is named as one where its words are read; the library itself takes whatever parses.
      if (isPage(response.headers) || response.status !== 200) return response;
      if (!isJson(response.headers)) return refuse('answer-not-understood', 'content type');
      // The library keeps the last of two members of one name.
      const answered = new Uint8Array(await response.clone().arrayBuffer());
      return readJson(answered) === undefined ? refuse('answer-not-understood', 'JSON') : response;
    };
  };

  async function discover(fetch: client.CustomFetch): Promise<client.ServerMetadata> {
    if (found !== undefined && Math.abs(now() - found.at) < discoveryLifetime) return found.metadata;
    const discovered = await client.discovery(issuer, settings.clientId, undefined, undefined, {
      [client.customFetch]: fetch,
      execute: isLoopback(issuer) ? [client.allowInsecureRequests] : [],
    });
    const metadata = discovered.serverMetadata();
    checkMetadata(metadata, settings);
    found = { metadata, at: now() };
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
          [client.clockTolerance]: clockTolerance,
        },
        authentication,
      );
      configuration[client.customFetch] = fetch;
      configuration.timeout = 0;
      if (isLoopback(issuer)) client.allowInsecureRequests(configuration);
      client.enableNonRepudiationChecks(configuration);
      const isReusable = keys !== undefined && now() / 1_000 - keys.uat >= keysRefetchableAfter;
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
  // The library compares parsed addresses, to which a `:443` makes no difference; ID tokens name the issuer verbatim.
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

/** `undefined` for what is no address, or not one of the issuer's hosts or of those that the environment names. */
function allowedEndpoint(endpoint: string | undefined, settings: Environment['cis2']): URL | undefined {
  if (endpoint === undefined || !URL.canParse(endpoint)) return undefined;
  const issuer = new URL(settings.issuer);
  const url = new URL(endpoint);
  const isAllowed = [issuer.host, ...settings.signInHosts].includes(url.host);
  return isAllowed && url.protocol === issuer.protocol ? url : undefined;
}
