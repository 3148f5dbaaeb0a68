/**
 * Makes the ID token that CIS2 would send, or the wrong one that a fault orders. oidc-provider writes neither `typ` nor the
 * assurance levels, so this module decodes its token, adds them and signs the token again.
 */
import { randomUUID } from 'node:crypto';
import type { Fault } from '../faults/schema.ts';
import { type Claims, decodeJwt, encodeSigningInput, signInput, signWithPublicKey } from '../jwt.ts';
import type { SigningKey } from '../keys.ts';
import type { SimulatedUser } from '../users.ts';
import type { Keyring } from './keyring.ts';
import type { Cis2Options } from './options.ts';

/** The claims of the token that differ from sign-in to sign-in. */
interface SignIn {
  readonly user: SimulatedUser;
  /** undefined: the claim is left out. */
  readonly selectedRoleId: string | undefined;
  readonly acr: string;
  readonly sessionId: string;
  /** Seconds since the epoch, by the simulator's clock. */
  readonly authenticatedAt: number;
}

type IdTokenFault = Extract<Fault, { readonly kind: 'id-token' }>;

export interface IdTokenRequest {
  /** As oidc-provider made it. */
  readonly providerToken: string;
  readonly signIn: SignIn;
  readonly issuedAt: number;
  readonly lifetime: number;
  readonly options: Cis2Options;
  readonly keyring: Keyring;
  readonly fault: IdTokenFault | undefined;
}

/** A JWT in compact form, signed unless a fault orders otherwise. */
export async function createIdToken(request: IdTokenRequest): Promise<string> {
  const { keyring, fault } = request;
  const key = fault?.signature === 'other-key' ? await keyring.createUnpublished() : keyring.current();
  const header = {
    typ: 'JWT',
    // An unpublished key has the `kid` of the published one: only the signature shows the difference.
    kid: keyring.current().kid,
    alg: fault?.signature === 'none' ? 'none' : keyring.algorithm,
  };
  const input = encodeSigningInput(
    withOverrides(header, fault?.header ?? {}),
    withOverrides(cis2Claims(request), fault?.claims ?? {}),
  );
  return `${input}.${signatureFor(input, key, request)}`;
}

function signatureFor(input: string, key: SigningKey, { keyring, fault }: IdTokenRequest): string {
  if (fault?.signature === 'none') return '';
  const signature = signAs(fault?.header['alg'], input, key, keyring);
  if (fault?.signature === 'broken') signature.writeUInt8(signature.readUInt8(9) ^ 1, 9);
  return signature.toString('base64url');
}

/** Signs with the algorithm that a fault has written into the header, so that signature and header agree. */
function signAs(algorithm: unknown, input: string, key: SigningKey, keyring: Keyring): Buffer {
  switch (algorithm) {
    case 'HS256':
      return signWithPublicKey(input, key.publicKey);
    case 'RS512':
      return signInput(input, 'RS512', key.privateKey);
    default:
      return signInput(input, keyring.algorithm, key.privateKey);
  }
}

/** The claims of the protocol come from oidc-provider, the rest are CIS2's own. */
function cis2Claims({ providerToken, signIn, issuedAt, lifetime, options }: IdTokenRequest): Claims {
  const protocol = decodeJwt(providerToken)?.payload ?? {};
  const { user, selectedRoleId, acr, sessionId, authenticatedAt } = signIn;
  const level = (value: number) => (options.assuranceLevelsAs === 'string' ? String(value) : value);
  return {
    at_hash: protocol['at_hash'],
    sub: user.userId,
    auditTrackingId: `${randomUUID()}-1`,
    amr: [user.amr],
    iss: protocol['iss'],
    tokenName: 'id_token',
    nonce: protocol['nonce'],
    sid: sessionId,
    aud: protocol['aud'],
    azp: protocol['aud'],
    acr,
    id_assurance_level: level(user.identityAssurance),
    authentication_assurance_level: level(
      (acr === 'AAL3_ANY' ? user.strongestAssurance : undefined) ?? user.authenticationAssurance,
    ),
    selected_roleid: selectedRoleId,
    auth_time: authenticatedAt,
    realm: '/NHSIdentity/Healthcare',
    tokenType: 'JWTToken',
    iat: issuedAt,
    exp: issuedAt + lifetime,
  };
}

/** null deletes. */
export function withOverrides(original: Claims, overrides: Claims): Claims {
  return Object.fromEntries(
    Object.entries({ ...original, ...overrides }).filter(([, value]) => value !== null),
  );
}
