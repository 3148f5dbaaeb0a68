import { net, type Session } from 'electron';
import { createApiFetch } from '../network/api-fetch.ts';
import { clockOrigins } from '../network/clock-origins.ts';
import { type ClockSkew, createClockSkew } from '../network/clock-skew.ts';
import { createNetwork, type Network } from '../network/network.ts';
import { createProxyLogin, type ProxyLogin } from '../network/proxy-login.ts';
import { createSessionRequest } from '../network/session-request.ts';
import { type CertificateIssuers, createCertificateIssuers } from '../security/certificate-issuers.ts';
import { createApiSession } from '../security/sessions.ts';
import { type Environment, launchAddresses, signersOf } from '../settings/environment.ts';
import { expectedIssuers } from './expected-issuers.ts';

export interface ApiNetwork {
  readonly network: Network;
  readonly clockSkew: ClockSkew;
  readonly apiSession: () => Session;
  readonly proxyLogIn: ProxyLogin;
  readonly certificateIssuers: CertificateIssuers;
}

/** The main process's network, over Electron's network stack: its proxy, its trusted roots, the origins of the site. */
export function createApiNetwork(environment: Environment, now: () => Date): ApiNetwork {
  const origins = apiOrigins(environment);
  const certificateIssuers = createCertificateIssuers(expectedIssuers(environment));
  const keepAlive = once(() => {
    const session = createApiSession('keep-alive', origins);
    certificateIssuers.watch(session);
    return session;
  });
  const singleUse = once(() => {
    const session = createApiSession('single-use', origins);
    certificateIssuers.guard(session);
    return session;
  });
  const clockSkew = createClockSkew(clockOrigins(environment));
  const proxyLogIn = createProxyLogin(environment.proxyLogIn);
  const over = (session: () => Session) =>
    createSessionRequest({ open: (options) => net.request({ ...options, session: session() }), proxyLogIn });
  const fetch = createApiFetch({
    keepAlive: over(keepAlive),
    singleUse: over(singleUse),
    closeConnections: () => singleUse().closeAllConnections(),
  });
  return {
    network: createNetwork({ fetch, now, clockSkew }),
    clockSkew,
    apiSession: keepAlive,
    certificateIssuers,
    proxyLogIn,
  };
}

/** Every origin that the main process may send a request to. */
function apiOrigins(environment: Environment): ReadonlySet<string> {
  const { launch, platform } = environment;
  const remoteSigners = signersOf(environment).flatMap((signer) =>
    signer.kind === 'remote' ? [signer.baseUrl] : [],
  );
  const revocation = platform.revocationUrl === undefined ? [] : [platform.revocationUrl];
  return new Set([
    ...clockOrigins(environment),
    ...[...revocation, ...remoteSigners, ...launchAddresses(launch)].map(
      (address) => new URL(address).origin,
    ),
  ]);
}

/** `make`'s first result, each time. */
function once<Made extends object>(make: () => Made): () => Made {
  let made: Made | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
