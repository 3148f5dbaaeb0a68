import * as client from 'openid-client';
import * as v from 'valibot';
import { signInDetails } from '../../shared/fault.ts';
import type { ClockSkew } from '../network/clock-skew.ts';
import type { Network } from '../network/network.ts';
import { type Environment, isLoopback } from '../settings/environment.ts';
import { allowedEndpoint } from './allowed-endpoint.ts';
import { refuse } from './identity-fault.ts';
import { createOpenIdFetch } from './openid-fetch.ts';

export interface OpenIdProvider {
  /**
   * Fetches the metadata and the keys, so that the next sign-in need not wait for them; does nothing where they are new. Rejects
   * where they cannot be fetched; what is known stays.
   */
  prepare(signal: AbortSignal): Promise<void>;
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
 * openid-client uses cached keys for five minutes, and fetches them again for an unknown `kid` only if they are this old. It
 * is therefore never told a lower age, so that a new key is found at once.
 */
const keysRefetchableAfterSeconds = 60;
const keySet = v.object({ keys: v.array(v.looseObject({})) });
/** A difference up to this is tolerated. */
const clockToleranceSeconds = 30;

/**
 * Care Identity as an OpenID provider: its metadata, discovered once an hour, its keys, and a configuration of
 * openid-client for each sign-in. The configuration turns on the check of ID-token signatures, which openid-client
 * leaves off in the code flow.
 * Source: OpenID Connect Discovery, section 4.3 (the issuer must match exactly); openid-client 6.
 */
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

  async function discover(
    fetch: client.CustomFetch,
    lifetimeMs = discoveryLifetimeMs,
  ): Promise<client.ServerMetadata> {
    if (found !== undefined && Math.abs(now().getTime() - found.at) < lifetimeMs) return found.metadata;
    const discovered = await client.discovery(issuer, settings.clientId, undefined, undefined, {
      [client.customFetch]: fetch,
      execute: isLoopback(issuer) ? [client.allowInsecureRequests] : [],
    });
    const metadata = discovered.serverMetadata();
    checkMetadata(metadata, settings);
    found = { metadata, at: now().getTime() };
    return metadata;
  }

  const nowSeconds = () => Math.floor(now().getTime() / 1_000);

  return {
    async prepare(signal) {
      const fetch = fetchFor(signal);
      const { jwks_uri = refuse('sign-in-failed', 'endpoints') } = await discover(
        fetch,
        discoveryLifetimeMs / 2,
      );
      if (keys !== undefined && nowSeconds() - keys.uat < keysRefetchableAfterSeconds) return;
      const response = await fetch(jwks_uri, {
        method: 'GET',
        headers: { accept: 'application/json' },
        body: undefined,
        redirect: 'manual',
      });
      const read = v.safeParse(keySet, await response.json());
      if (response.status !== 200 || !read.success) return refuse('answer-not-understood', 'keys');
      keys = { jwks: read.output, uat: nowSeconds() };
    },
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
      if (keys !== undefined) {
        const uat = Math.min(keys.uat, nowSeconds() - keysRefetchableAfterSeconds);
        client.setJwksCache(configuration, { jwks: keys.jwks, uat });
      }
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
