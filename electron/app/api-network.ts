/** The way out of the main process, over Electron's network stack: its proxy, its trust, the origins of the site. */
import type { Session } from 'electron';
import { createApiFetch } from '../network/api-fetch.ts';
import { type ClockSkew, createClockSkew } from '../network/clock-skew.ts';
import { createNetwork, type Network } from '../network/network.ts';
import { type CertificateIssuers, watchCertificateIssuers } from '../security/certificate-issuers.ts';
import { createApiSession } from '../security/sessions.ts';
import type { Environment } from '../settings/environment.ts';
import { apiOrigins } from './api-origins.ts';

export interface ApiNetwork {
  readonly network: Network;
  readonly clockSkew: ClockSkew;
  readonly apiSession: Session;
  readonly certificateIssuers: CertificateIssuers;
}

/** `now` in milliseconds since the epoch. */
export function createApiNetwork(environment: Environment, now: () => number): ApiNetwork {
  const origins = apiOrigins(environment);
  const apiSession = createApiSession('keep-alive', origins);
  // Sessions that may notify are left as Chromium makes them; they reach the same hosts.
  const certificateIssuers = watchCertificateIssuers(apiSession);
  const clockSkew = createClockSkew();
  const fetch = createApiFetch({ keepAlive: apiSession, singleUse: createApiSession('single-use', origins) });
  return { network: createNetwork({ fetch, now, clockSkew }), clockSkew, apiSession, certificateIssuers };
}
