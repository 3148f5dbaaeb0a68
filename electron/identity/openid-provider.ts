/**
 * Care Identity as an OpenID provider: its metadata, discovered once an hour, its keys, and a configuration of
 * openid-client for each sign-in. The configuration turns on the check of ID-token signatures, which openid-client
 * leaves off in the code flow.
 * Source: OpenID Connect Discovery, section 4.3 (the issuer must match exactly); openid-client 6.
 */
import * as client from 'openid-client';
import { signInDetails } from '../../shared/fault.ts';
import type { ClockSkew } from '../network/clock-skew.ts';
import type { Network } from '../network/network.ts';
import { type Environment, isLoopback } from '../settings/environment.ts';
import { allowedEndpoint } from './allowed-endpoint.ts';
import { refuse } from './identity-fault.ts';
import { createOpenIdFetch } from './openid-fetch.ts';

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
  const fetchFor = createOpenIdFetch(network, timeoutMs);
  let found: { readonly metadata: client.ServerMetadata; readonly at: number } | undefined;
  let keys: client.ExportedJWKSCache | undefined;

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
      const allowed = (endpoint: string | undefined) =>
        allowedEndpoint(endpoint, settings.issuer, settings.signInHosts);
      return {
        metadata,
        revocation: allowed(metadata.revocation_endpoint),
        endSession: allowed(metadata.end_session_endpoint),
      };
    },
  };
}

function checkMetadata(metadata: client.ServerMetadata, settings: Environment['cis2']): void {
  // The library compares parsed URLs, in which `:443` disappears; ID tokens name the issuer verbatim.
  if (metadata.issuer !== settings.issuer) {
    refuse('sign-in-failed', 'issuer', signInDetails.anotherIssuer);
  }
  const { authorization_endpoint, token_endpoint, userinfo_endpoint, jwks_uri } = metadata;
  for (const endpoint of [authorization_endpoint, token_endpoint, userinfo_endpoint, jwks_uri]) {
    if (allowedEndpoint(endpoint, settings.issuer, settings.signInHosts) === undefined) {
      refuse('sign-in-failed', 'endpoints', signInDetails.endpointNotAllowed);
    }
  }
}
