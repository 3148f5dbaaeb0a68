/**
 * The application's half of the protocol, for the simulator's own tests: signs in with openid-client, exchanges the ID
 * token itself so that every part of the request can be made wrong.
 */
import { createPrivateKey, type JsonWebKey, type KeyObject, randomUUID } from 'node:crypto';
import * as client from 'openid-client';
import * as v from 'valibot';
import { type Claims, encodeSigningInput, type SignatureAlgorithm, signInput } from '../jwt.ts';
import type { Simulator } from '../start.ts';
import { type Browser, createBrowser, type PageState } from './browser.ts';

const signer = v.object({ kid: v.string(), privateKey: v.record(v.string(), v.string()) });

const environmentSchema = v.object({
  cis2: v.object({
    issuer: v.string(),
    clientId: v.string(),
    redirectUri: v.string(),
    idTokenAlgorithm: v.string(),
    clientAuthentication: v.variant('method', [
      v.object({ method: v.literal('private_key_jwt'), signer }),
      v.object({ method: v.literal('client_secret_post'), clientSecret: v.string() }),
    ]),
  }),
  platform: v.object({
    tokenUrl: v.string(),
    apiKey: v.string(),
    signer,
    clientSecret: v.optional(v.string()),
  }),
  pds: v.object({ baseUrl: v.string() }),
  cpis: v.object({ baseUrl: v.string() }),
});

export type TestEnvironment = v.InferOutput<typeof environmentSchema>;

/** Throws where it lacks what these tests use. */
export function environmentOf(simulator: Simulator): TestEnvironment {
  return v.parse(environmentSchema, JSON.parse(JSON.stringify(simulator.environment)));
}

/** The algorithm's hash is fixed when a WebCrypto key is imported. */
async function importKey({ kid, privateKey }: v.InferOutput<typeof signer>): Promise<client.PrivateKey> {
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-512' };
  return { kid, key: await crypto.subtle.importKey('jwk', privateKey, algorithm, false, ['sign']) };
}

/** `clockSkew`: seconds that the application adds to its own clock. */
export async function discover({ cis2 }: TestEnvironment, clockSkew = 0): Promise<client.Configuration> {
  const { clientAuthentication } = cis2;
  const configuration = await client.discovery(
    new URL(cis2.issuer),
    cis2.clientId,
    { id_token_signed_response_alg: cis2.idTokenAlgorithm, [client.clockSkew]: clockSkew },
    clientAuthentication.method === 'private_key_jwt'
      ? client.PrivateKeyJwt(await importKey(clientAuthentication.signer))
      : client.ClientSecretPost(clientAuthentication.clientSecret),
    { execute: [client.allowInsecureRequests, client.enableNonRepudiationChecks] },
  );
  return configuration;
}

export interface SignInRequest {
  readonly simulator: Simulator;
  /** The texts of the buttons to click, in order. */
  readonly click: readonly string[];
  readonly browser?: Browser;
  readonly parameters?: Readonly<Record<string, string>>;
  /** Seconds by which the application knows the servers' clock to be ahead. */
  readonly clockSkew?: number;
}

export interface SignInResult {
  readonly configuration: client.Configuration;
  readonly tokens: client.TokenEndpointResponse & client.TokenEndpointResponseHelpers;
  readonly idToken: string;
}

/** Sends the authorisation request and clicks the buttons; returns the last page and the checks for its redirect. */
export async function authorise({ simulator, click, browser, parameters, clockSkew = 0 }: SignInRequest) {
  const environment = environmentOf(simulator);
  const configuration = await discover(environment, clockSkew);
  const pkceCodeVerifier = client.randomPKCECodeVerifier();
  const expectedState = client.randomState();
  const expectedNonce = client.randomNonce();
  const url = client.buildAuthorizationUrl(configuration, {
    redirect_uri: environment.cis2.redirectUri,
    scope: 'openid profile nhsperson nationalrbacaccess associatedorgs selectedrole',
    prompt: 'login',
    acr_values: 'AAL3_ANY',
    code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
    state: expectedState,
    nonce: expectedNonce,
    ...parameters,
  });
  const window = browser ?? createBrowser(environment.cis2.redirectUri);
  let page: PageState = await window.open(url.href);
  for (const text of click) page = await window.click(page, text);
  return { configuration, page, checks: { pkceCodeVerifier, expectedState, expectedNonce } };
}

/** Throws where the clicks do not lead back to the application, or openid-client refuses the answer. */
export async function signIn(request: SignInRequest): Promise<SignInResult> {
  const { configuration, page, checks } = await authorise(request);
  if (page.kind !== 'callback') throw new Error(`Still at ${page.url}`);
  const tokens = await client.authorizationCodeGrant(configuration, page.url, checks);
  return { configuration, tokens, idToken: tokens.id_token ?? '' };
}

export interface AssertionChanges {
  readonly header?: Claims;
  readonly claims?: Claims;
  readonly algorithm?: SignatureAlgorithm;
  readonly key?: KeyObject;
}

/** A client assertion as the platform requires it, or with parts changed; undefined leaves one out. */
export function createAssertion({ platform }: TestEnvironment, changes: AssertionChanges = {}): string {
  const jwk: JsonWebKey = platform.signer.privateKey;
  const now = Math.floor(Date.now() / 1_000);
  const input = encodeSigningInput(
    { alg: 'RS512', typ: 'JWT', kid: platform.signer.kid, ...changes.header },
    {
      iss: platform.apiKey,
      sub: platform.apiKey,
      aud: platform.tokenUrl,
      jti: randomUUID(),
      exp: now + 300,
      ...changes.claims,
    },
  );
  const key = changes.key ?? createPrivateKey({ key: jwk, format: 'jwk' });
  return `${input}.${signInput(input, changes.algorithm ?? 'RS512', key).toString('base64url')}`;
}

/** Of a right request; a test changes what it is about. */
export function exchangeParameters(environment: TestEnvironment, idToken: string): Record<string, string> {
  return {
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    subject_token_type: 'urn:ietf:params:oauth:token-type:id_token',
    subject_token: idToken,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: createAssertion(environment),
  };
}

export interface JsonResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** An empty body stays an empty text; any other is read as JSON. */
export async function postForm(
  url: string,
  parameters: Readonly<Record<string, string>>,
  contentType = 'application/x-www-form-urlencoded',
): Promise<JsonResponse> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': contentType },
    body: new URLSearchParams(parameters).toString(),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? '' : JSON.parse(text) };
}

/** Signs in and exchanges: the access token of the platform. */
export async function obtainAccessToken(simulator: Simulator, click: readonly string[]): Promise<string> {
  const environment = environmentOf(simulator);
  const { idToken } = await signIn({ simulator, click });
  const { body } = await postForm(environment.platform.tokenUrl, exchangeParameters(environment, idToken));
  return v.parse(v.object({ access_token: v.string() }), body).access_token;
}

/** A clinical read with the headers that the APIs require; undefined leaves one out. */
export async function read(
  url: string,
  accessToken: string,
  headers: Readonly<Record<string, string | undefined>> = {},
): Promise<JsonResponse> {
  const all: Record<string, string | undefined> = {
    authorization: `Bearer ${accessToken}`,
    accept: 'application/fhir+json',
    'x-request-id': randomUUID(),
    traceid: randomUUID(),
    ...headers,
  };
  const response = await fetch(url, {
    headers: Object.entries(all).flatMap(([name, value]): [string, string][] =>
      value === undefined ? [] : [[name, value]],
    ),
  });
  return { status: response.status, headers: response.headers, body: await response.json() };
}

/** One request to the control server. */
export async function control(
  simulator: Simulator,
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  body?: unknown,
): Promise<JsonResponse> {
  const response = await fetch(`${simulator.addresses.control}/simulator/${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text === '' ? undefined : JSON.parse(text),
  };
}
