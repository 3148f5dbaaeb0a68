/** For tests: an environment file as a site writes it, with services on this computer. */
import { parseEnvironment } from '../parse-environment.ts';

const jwk = { kty: 'RSA', n: 'n', e: 'AQAB', d: 'd', p: 'p', q: 'q', dp: 'dp', dq: 'dq', qi: 'qi' };

export const developmentSigner = { kind: 'development', kid: 'k1', privateKey: jwk };

export const loopback = {
  tag: 'SIMULATOR',
  live: false,
  cis2: {
    issuer: 'http://127.0.0.1:4001/realm',
    clientId: 'client',
    redirectUri: 'http://127.0.0.1:4003/callback',
    clientAuthentication: { method: 'private_key_jwt', signer: developmentSigner },
  },
  platform: { tokenUrl: 'http://127.0.0.1:4002/oauth2/token', apiKey: 'key', signer: developmentSigner },
  pds: { baseUrl: 'http://127.0.0.1:4002/personal-demographics/FHIR/R4' },
  cpis: { baseUrl: 'http://127.0.0.1:4002/cpis/FHIR/R4' },
};

/** Empty where the environment is valid. */
export function problemsOf(value: unknown): readonly string[] {
  const parsed = parseEnvironment(value);
  return parsed.kind === 'invalid' ? parsed.problems : [];
}
