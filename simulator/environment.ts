import type { Cis2Options } from './cis2/options.ts';
import type { SigningKey } from './keys.ts';
import { privateJwk } from './keys.ts';
import { platformPaths } from './platform/platform.ts';

export interface EnvironmentFacts {
  readonly cis2: Cis2Options;
  readonly issuer: string;
  readonly platformOrigin: string;
  readonly clientId: string;
  readonly cis2ClientSecret: string;
  readonly redirectUri: string;
  readonly cis2Key: SigningKey;
  readonly platformKey: SigningKey;
  readonly apiKey: string;
  /** undefined: the application has no secret, so it cannot refresh. */
  readonly platformSecret: string | undefined;
  readonly wireFormat: 'care-team' | 'patient-flags';
}

/** Plain JSON; `parseEnvironment` of the application validates it. */
export type EnvironmentJson = Readonly<Record<string, unknown>>;

/** The environment file with which the application talks to the simulator. Its schema is the application's own. */
export function createEnvironment(facts: EnvironmentFacts): EnvironmentJson {
  return {
    tag: 'SIMULATOR',
    live: false,
    cis2: {
      issuer: facts.issuer,
      clientId: facts.clientId,
      redirectUri: facts.redirectUri,
      clientAuthentication:
        facts.cis2.clientAuthentication === 'private_key_jwt'
          ? { method: 'private_key_jwt', signer: developmentSigner(facts.cis2Key), algorithm: 'RS512' }
          : { method: 'client_secret_post', clientSecret: facts.cis2ClientSecret },
      idTokenAlgorithm: facts.cis2.idTokenAlgorithm,
    },
    platform: {
      tokenUrl: `${facts.platformOrigin}${platformPaths.token}`,
      apiKey: facts.apiKey,
      signer: developmentSigner(facts.platformKey),
      ...(facts.platformSecret === undefined ? {} : { clientSecret: facts.platformSecret }),
    },
    pds: { baseUrl: `${facts.platformOrigin}${platformPaths.pds}` },
    cpis: {
      baseUrl: `${facts.platformOrigin}${facts.wireFormat === 'care-team' ? platformPaths.cpis : platformPaths.patientFlags}`,
      wireFormat: facts.wireFormat,
    },
  };
}

function developmentSigner(key: SigningKey): unknown {
  return { kind: 'development', kid: key.kid, privateKey: privateJwk(key) };
}
