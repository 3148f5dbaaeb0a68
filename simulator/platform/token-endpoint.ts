import type { KeyObject } from 'node:crypto';
import { type Answer, jsonAnswer } from '../answer.ts';
import { type ApiRequest, headerOf } from '../api-request.ts';
import type { VerificationKeys } from '../cis2/keyring.ts';
import { decodeJwt, type Jwt, verifySignature } from '../jwt.ts';
import { epochSeconds, type SettingsStore } from '../settings.ts';
import { users } from '../users.ts';
import type { AccessTokens, Grant } from './access-tokens.ts';
import { notConfigured, tokenError } from './token-errors.ts';

interface PlatformApplication {
  readonly apiKey: string;
  readonly clientSecret: string;
  readonly kid: string;
  readonly publicKey: KeyObject;
}

export interface PlatformTokenDependencies {
  readonly application: PlatformApplication;
  /** Compared verbatim with `aud`. */
  readonly tokenUrl: string;
  readonly cis2Issuer: string;
  readonly cis2Keys: VerificationKeys;
  readonly accessTokens: AccessTokens;
  readonly settings: SettingsStore;
}

export interface PlatformToken {
  readonly handle: (request: ApiRequest) => Answer;
  /** RFC 7009, with the application's assertion or its secret. */
  readonly revoke: (request: ApiRequest) => Answer;
  readonly forgetAssertions: () => void;
}

const tokenExchange = 'urn:ietf:params:oauth:grant-type:token-exchange';
const jwtBearer = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const idTokenType = 'urn:ietf:params:oauth:token-type:id_token';
/** Five minutes, and the ten seconds that the real check adds for clocks. */
const furthestExpiry = 310;

/**
 * The platform's `/oauth2/token`: token exchange and refresh, each check in the order and with the words of the real
 * one. Sources: NHSDigital identity-service-api; RFC 8693 (token exchange), RFC 7523 (JWT client authentication).
 */
export function createPlatformToken(dependencies: PlatformTokenDependencies): PlatformToken {
  const { application, accessTokens } = dependencies;
  const usedAssertions = new Set<string>();

  const exchange = (parameters: URLSearchParams): Answer => {
    const assertionText = parameters.get('client_assertion') ?? '';
    if (assertionText === '') return badRequest('Missing client_assertion');
    const assertion = decodeJwt(assertionText);
    if (assertion === undefined) return badRequest('Malformed JWT in client_assertion');
    const subjectText = parameters.get('subject_token') ?? '';
    if (subjectText === '') return badRequest('Missing subject_token');
    const subject = decodeJwt(subjectText);
    if (subject === undefined) return badRequest('Malformed JWT in subject_token');
    return (
      checkAssertion(assertion, dependencies, usedAssertions) ??
      checkSubjectToken(subject, dependencies) ??
      exchangeSubject(subject, dependencies)
    );
  };

  const refresh = (parameters: URLSearchParams): Answer => {
    const refreshToken = parameters.get('refresh_token') ?? '';
    if (refreshToken === '') return badRequest('refresh_token is missing');
    const secret = parameters.get('client_secret') ?? '';
    if (secret === '') return tokenError(401, 'invalid_request', 'client_secret is missing');
    if (parameters.get('client_id') !== application.apiKey || secret !== application.clientSecret) {
      return tokenError(401, 'invalid_client', 'client_id or client_secret is invalid');
    }
    const refreshed = accessTokens.refresh(refreshToken);
    switch (refreshed.kind) {
      case 'unknown':
        return tokenError(401, 'invalid_grant', 'refresh_token is invalid');
      case 'expired':
        return tokenError(401, 'invalid_grant', 'refresh token refresh period has expired');
      case 'granted':
        return jsonAnswer(200, grantBody(refreshed.grant));
    }
  };

  return {
    handle: (request) => {
      // A charset after it is another media type to this server.
      if (headerOf(request, 'content-type') !== 'application/x-www-form-urlencoded') {
        return tokenError(
          415,
          'invalid_request',
          'Content-Type header must be application/x-www-form-urlencoded',
        );
      }
      const parameters = new URLSearchParams(request.body);
      const grantType = parameters.get('grant_type');
      if (grantType === 'refresh_token') return refresh(parameters);
      if (!parameters.has('subject_token_type') && grantType !== tokenExchange) {
        return grantType === null
          ? badRequest('grant_type is missing')
          : tokenError(400, 'unsupported_grant_type', 'grant_type is invalid');
      }
      if (parameters.get('client_assertion_type') !== jwtBearer) {
        return badRequest(`Missing or invalid client_assertion_type - must be '${jwtBearer}'`);
      }
      if (parameters.get('subject_token_type') !== idTokenType) {
        return badRequest(`missing or invalid subject_token_type - must be '${idTokenType}'`);
      }
      if (grantType !== tokenExchange) return badRequest('grant_type is invalid');
      return exchange(parameters);
    },
    revoke: (request) => {
      const parameters = new URLSearchParams(request.body);
      const token = parameters.get('token') ?? '';
      if (request.method !== 'POST' || token === '') return badRequest('token is missing');
      const secret = parameters.get('client_secret');
      if (secret === null) {
        const assertion = decodeJwt(parameters.get('client_assertion') ?? '');
        if (assertion === undefined) return badRequest('Missing client_assertion');
        const refusal = checkAssertion(assertion, dependencies, usedAssertions);
        if (refusal !== undefined) return refusal;
      } else if (parameters.get('client_id') !== application.apiKey || secret !== application.clientSecret) {
        return tokenError(401, 'invalid_client', 'client_id or client_secret is invalid');
      }
      accessTokens.revoke(token);
      return { status: 200, headers: {}, body: '' };
    },
    forgetAssertions: () => usedAssertions.clear(),
  };
}

function badRequest(description: string): Answer {
  return tokenError(400, 'invalid_request', description);
}

function unauthorised(description: string): Answer {
  return tokenError(401, 'invalid_request', description);
}

/** The answer that refuses the assertion, or undefined when it passes. */
function checkAssertion(
  jwt: Jwt,
  { application, tokenUrl, settings }: PlatformTokenDependencies,
  used: Set<string>,
): Answer | undefined {
  const { header, payload } = jwt;
  const inJwt = 'in client_assertion JWT';
  if (header['kid'] === undefined) return badRequest("Missing 'kid' header in client_assertion JWT");
  if (header['typ'] !== 'JWT') return badRequest(`Invalid 'typ' header ${inJwt} - must be 'JWT'`);
  if (header['alg'] !== 'RS512') {
    return badRequest(`Invalid 'alg' header ${inJwt} - unsupported JWT algorithm - must be 'RS512'`);
  }

  const expiry = payload['exp'];
  const now = epochSeconds(settings.now());
  if (expiry === undefined) return badRequest(`Missing 'exp' claim ${inJwt}`);
  if (typeof expiry !== 'number' || !Number.isInteger(expiry)) {
    return badRequest(`Invalid 'exp' claim ${inJwt} - must be an integer`);
  }
  if (expiry <= now) return badRequest(`Invalid 'exp' claim ${inJwt} - JWT has expired`);
  if (expiry > now + furthestExpiry) {
    return badRequest(`Invalid 'exp' claim ${inJwt} - more than 5 minutes in future`);
  }

  const issuer = payload['iss'];
  if (typeof issuer !== 'string' || issuer !== payload['sub']) {
    return badRequest(`Missing or non-matching 'iss'/'sub' claims ${inJwt}`);
  }
  if (issuer !== application.apiKey) return unauthorised(`Invalid 'iss'/'sub' claims ${inJwt}`);

  const id = payload['jti'];
  if (id === undefined) return badRequest(`Missing 'jti' claim ${inJwt}`);
  if (typeof id !== 'string' || id === '') {
    return badRequest(`Invalid 'jti' claim ${inJwt} - must be a unique string value such as a GUID`);
  }
  if (used.has(id)) return badRequest(`Non-unique 'jti' claim ${inJwt}`);
  used.add(id);

  if (payload['aud'] !== tokenUrl) return unauthorised(`Missing or invalid 'aud' claim ${inJwt}`);
  if (header['kid'] !== application.kid) {
    return unauthorised(`Invalid 'kid' header ${inJwt} - no matching public key`);
  }
  return verifySignature(jwt, 'RS512', application.publicKey)
    ? undefined
    : tokenError(401, 'public_key error', 'JWT signature verification failed');
}

/** The answer that refuses the CIS2 ID token, or undefined when it passes. */
function checkSubjectToken(
  jwt: Jwt,
  { cis2Issuer, cis2Keys, settings }: PlatformTokenDependencies,
): Answer | undefined {
  const { header, payload } = jwt;
  const inJwt = 'in subject_token JWT';
  const kid = header['kid'];
  if (kid === undefined) return badRequest(`Missing 'kid' header ${inJwt}`);
  if (header['typ'] !== 'JWT') return badRequest(`Invalid 'typ' header ${inJwt} - must be 'JWT'`);
  const expiry = payload['exp'];
  if (typeof expiry !== 'number') return badRequest(`Missing 'exp' claim ${inJwt}`);
  if (expiry <= epochSeconds(settings.now())) {
    return badRequest(`Invalid 'exp' claim ${inJwt} - JWT has expired`);
  }
  if (payload['iss'] === undefined) return badRequest(`Missing 'iss' claim ${inJwt}`);
  if (payload['iss'] !== cis2Issuer) return badRequest(`Missing or non-matching 'iss' claim ${inJwt}`);
  if (payload['aud'] === undefined) return unauthorised(`Missing 'aud' claim ${inJwt}`);
  const key = typeof kid === 'string' ? cis2Keys.find(kid) : undefined;
  if (key === undefined) return unauthorised(`Invalid 'kid' header ${inJwt} - no matching public key`);
  return header['alg'] === cis2Keys.algorithm && verifySignature(jwt, cis2Keys.algorithm, key)
    ? undefined
    : tokenError(401, 'public_key error', 'JWT signature verification failed');
}

function exchangeSubject({ payload }: Jwt, { accessTokens, settings }: PlatformTokenDependencies): Answer {
  const assurance = Number(payload['authentication_assurance_level']);
  const user = users.find(({ userId }) => userId === payload['sub']);
  if (
    user === undefined ||
    !settings.current().acceptedAssuranceLevels.some((level) => level === assurance)
  ) {
    return notConfigured();
  }
  const selected = payload['selected_roleid'];
  return jsonAnswer(200, {
    ...grantBody(
      accessTokens.grant({
        user,
        selectedRoleId: typeof selected === 'string' ? selected : undefined,
        assurance,
      }),
    ),
    issued_token_type: 'urn:ietf:params:oauth:token-type:access_token',
  });
}

/** The numbers are strings. */
function grantBody(grant: Grant): Readonly<Record<string, string>> {
  return {
    access_token: grant.accessToken,
    expires_in: String(grant.expiresIn),
    token_type: 'Bearer',
    ...(grant.refreshToken === undefined
      ? {}
      : {
          refresh_token: grant.refreshToken,
          refresh_token_expires_in: String(grant.refreshExpiresIn),
          refresh_count: String(grant.refreshCount),
        }),
  };
}
