import { randomUUID } from 'node:crypto';
import type { ClientAuth } from 'openid-client';
import type { Environment } from '../settings/environment.ts';
import { refuse } from './identity-fault.ts';
import { type Signer, signJwt } from './signers/signer.ts';

const assertionLifetimeSeconds = 300;

export interface ClientAuthenticationDependencies {
  readonly settings: Environment['cis2']['clientAuthentication'];
  /** `undefined` with `client_secret_post`. */
  readonly signer: Signer | undefined;
  /** Seconds since the epoch by the services' clock. */
  readonly serverTime: () => number;
}

/**
 * Authenticates this application at Care Identity's token endpoint.
 * Source: RFC 7523, section 2.2 (`private_key_jwt`); RFC 6749, section 2.3.1; NHS CIS2 guidance (RS512).
 */
export function createClientAuthentication({
  settings,
  signer,
  serverTime,
}: ClientAuthenticationDependencies): ClientAuth {
  return async (server, { client_id }, body) => {
    body.set('client_id', client_id);
    if (settings.method === 'client_secret_post') {
      body.set('client_secret', settings.clientSecret);
      return;
    }
    if (signer === undefined) refuse('signing-key-unavailable', 'no signer');
    const issuedAt = serverTime();
    const claims = {
      iss: client_id,
      sub: client_id,
      aud: server.token_endpoint ?? '',
      jti: randomUUID(),
      iat: issuedAt,
      exp: issuedAt + assertionLifetimeSeconds,
    };
    body.set('client_assertion_type', 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer');
    body.set('client_assertion', await signJwt(signer, claims, settings.algorithm));
  };
}
