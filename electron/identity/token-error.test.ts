/** Each error text in the source of the platform's token endpoint, and the fault and the retry that it becomes. */
import { describe, expect, test } from 'vitest';
import type { FaultKind } from '../../shared/fault.ts';
import { readTokenError, type TokenRefusal } from './token-error.ts';

const assertion = 'in client_assertion JWT';
const subject = 'in subject_token JWT';

type Errors = readonly (readonly [status: number, error: string, ...descriptions: string[]])[];

/** Mistakes of this application or of its settings, which the user cannot mend. */
const refused: Errors = [
  [415, 'invalid_request', 'Content-Type header must be application/x-www-form-urlencoded'],
  [400, 'unsupported_grant_type', 'grant_type is invalid'],
  [
    400,
    'invalid_request',
    "Missing or invalid client_assertion_type - must be 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'",
    "missing or invalid subject_token_type - must be 'urn:ietf:params:oauth:token-type:id_token'",
    'grant_type is invalid',
    'grant_type is missing',
    'Missing client_assertion',
    'Malformed JWT in client_assertion',
    'Missing subject_token',
    'Malformed JWT in subject_token',
    `Invalid 'typ' header ${assertion} - must be 'JWT'`,
    `Invalid 'alg' header ${assertion} - unsupported JWT algorithm - must be 'RS512'`,
    `Missing 'exp' claim ${assertion}`,
    `Invalid 'exp' claim ${assertion} - must be an integer`,
    `Missing or non-matching 'iss'/'sub' claims ${assertion}`,
    `Missing 'jti' claim ${assertion}`,
    `Invalid 'jti' claim ${assertion} - must be a unique string value such as a GUID`,
    `Missing 'kid' header ${subject}`,
    `Invalid 'typ' header ${subject} - must be 'JWT'`,
    `Missing 'exp' claim ${subject}`,
    `Missing 'iss' claim ${subject}`,
    `Missing or non-matching 'iss' claim ${subject}`,
    'refresh_token is missing',
  ],
  [
    401,
    'invalid_request',
    `Invalid 'iss'/'sub' claims ${assertion}`,
    `Missing or invalid 'aud' claim ${assertion}`,
    `Missing 'aud' claim ${subject}`,
    `Invalid 'kid' header ${subject} - no matching public key`,
    'client_secret is missing',
  ],
  [401, 'invalid_client', 'client_id or client_secret is invalid'],
];

const signingKey: Errors = [
  [400, 'invalid_request', `Missing 'kid' header ${assertion}`],
  [401, 'invalid_request', `Invalid 'kid' header ${assertion} - no matching public key`],
  [401, 'public_key error', 'JWT signature verification failed'],
  [
    403,
    'public_key error',
    'You need to register a public key to use this authentication method - please contact support to configure',
    "The JWKS endpoint, for your client_assertion can't be reached",
  ],
];

const clock: Errors = [
  [
    400,
    'invalid_request',
    `Invalid 'exp' claim ${assertion} - JWT has expired`,
    `Invalid 'exp' claim ${assertion} - more than 5 minutes in future`,
  ],
];

/** The user must sign in again. */
const usedUp: Errors = [
  [400, 'invalid_request', `Invalid 'exp' claim ${subject} - JWT has expired`],
  [401, 'invalid_grant', 'refresh_token is invalid', 'refresh token refresh period has expired'],
];

const notConfigured: Errors = [
  [
    401,
    'unauthorized_client',
    'you have tried to request authorization but your application is not configured to use this authorization grant type',
  ],
];

const failing: Errors = [
  [
    500,
    'unknown_error',
    'An unknown error occurred processing this request. Contact us for assistance diagnosing this issue: https://digital.nhs.uk/developer/help-and-support quoting Message ID',
  ],
];

/** The source gives no status for these: both are read alike. */
const applicationRefused: Errors = [401, 403].map((status) => [
  status,
  'access_denied',
  'API Key supplied does not have access to this resource. Please check the API Key you are using belongs to an app which has sufficient access to access this resource.',
  'The developer app associated with the API key is not approved or revoked',
]);

type Expected = readonly [FaultKind, TokenRefusal['retry']];

describe.each<[string, Errors, Expected]>([
  ['a malformed request of this application', refused, ['sign-in-failed', 'never']],
  ['a signing key', signingKey, ['signing-key-unavailable', 'never']],
  ['a clock', clock, ['clock-wrong', 'now']],
  [
    'an assertion that came twice',
    [[400, 'invalid_request', `Non-unique 'jti' claim ${assertion}`]],
    ['sign-in-failed', 'now'],
  ],
  ['a sign-in that is used up', usedUp, ['signed-out', 'never']],
  ['an assurance level or a subscription', notConfigured, ['assurance-too-low', 'never']],
  ['an application without access', applicationRefused, ['denied', 'never']],
  ['a service that fails', failing, ['service-failing', 'later']],
])('%s', (_what, errors, [kind, retry]) => {
  const rows = errors.flatMap(([status, error, ...descriptions]) =>
    descriptions.map((description) => [status, error, description] as const),
  );
  test.each(rows)('%i %s: %s', (status, error, error_description) => {
    const message_id = 'rrt-6207203489723987-a-geu2-3234-13489-1';
    const body = new TextEncoder().encode(JSON.stringify({ error, error_description, message_id }));
    const answer = { kind: 'answered', status, contentType: 'application/json', body } as const;
    const refusal = readTokenError({ ...answer, retryAfter: undefined }, 0);
    // The platform's help desk finds a request by the platform's message id.
    expect(refusal).toMatchObject({ retry, fault: { kind, reference: message_id } });
  });
});
