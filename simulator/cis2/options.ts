/** The settings of the simulated Care Identity: those of the real one, or others, so that the viewer relies on none of them. */

export interface Cis2Options {
  /** The issuer is the server's origin and this path. */
  readonly realm: string;
  readonly paths: {
    readonly authorize: string;
    readonly token: string;
    readonly userinfo: string;
    readonly jwks: string;
    /** RFC 7009 and RP-Initiated Logout; undefined: not offered. */
    readonly revocation: string | undefined;
    readonly endSession: string | undefined;
  };
  readonly idTokenAlgorithm: 'RS256' | 'ES256';
  readonly clientAuthentication: 'private_key_jwt' | 'client_secret_post';
  /** CIS2 has been seen to send the assurance levels in either form. */
  readonly assuranceLevelsAs: 'number' | 'string';
  /** Whether userinfo carries its optional arrays (`nhsid_user_orgs`, `activities`, `workgroups` …). */
  readonly optionalArrays: 'present' | 'missing';
  /** RFC 9207: `iss` in the redirect, and its announcement. */
  readonly issuerInRedirect: boolean;
  readonly announcesPkce: boolean;
}

/** As NHS Care Identity is described in its developer pages. */
export const careIdentity: Cis2Options = {
  realm: '/openam/oauth2/realms/root/realms/NHSIdentity/realms/Healthcare',
  paths: {
    authorize: '/authorize',
    token: '/access_token',
    userinfo: '/userinfo',
    jwks: '/connect/jwk_uri',
    revocation: '/token/revoke',
    endSession: '/connect/endSession',
  },
  idTokenAlgorithm: 'RS256',
  clientAuthentication: 'private_key_jwt',
  assuranceLevelsAs: 'number',
  optionalArrays: 'present',
  issuerInRedirect: true,
  announcesPkce: true,
};

/** Differs from Care Identity in every setting that may differ. */
export const secondProvider: Cis2Options = {
  realm: '/identity/tenant-two',
  paths: {
    authorize: '/oauth/begin',
    token: '/oauth/redeem',
    userinfo: '/oauth/who',
    jwks: '/oauth/keys',
    revocation: undefined,
    endSession: undefined,
  },
  idTokenAlgorithm: 'ES256',
  clientAuthentication: 'client_secret_post',
  assuranceLevelsAs: 'string',
  optionalArrays: 'missing',
  issuerInRedirect: false,
  announcesPkce: false,
};
