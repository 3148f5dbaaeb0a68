/** A record system that speaks SMART App Launch: oidc-provider as its authorisation server, and SMART's own metadata. */
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import type { IncomingMessage, RequestListener } from 'node:http';
import Provider, { type AdapterPayload, errors, type KoaContextWithOIDC } from 'oidc-provider';
import * as v from 'valibot';
import { serveOnLoopback } from './loopback.ts';

/** What the record system says of a launch. */
export interface LaunchAnswer {
  /** Members of the token endpoint's answer. */
  readonly members?: Readonly<Record<string, unknown>>;
  /** Claims of the ID token. */
  readonly claims?: Readonly<Record<string, unknown>>;
}

export interface SmartRecordSystem {
  readonly iss: string;
  /** Of OpenID Connect Discovery. */
  readonly issuer: string;
  readonly clientId: string;
  /** A new launch that can be used once. */
  issue(answer: LaunchAnswer): string;
  /** Every request so far: `GET /fhir/.well-known/smart-configuration`. */
  requests(): readonly string[];
  /** The parameters of the latest authorisation request. */
  asked(): URLSearchParams;
  /** Every access token and authorisation code that it has issued, and every ID token. */
  secrets(): readonly string[];
  /** Shows this HTML instead of going on by itself. `undefined`: goes on. */
  showPage(html: string | undefined): void;
  /** Changes every redirect back to the application. */
  changeRedirect(change: (redirect: URL) => void): void;
  /** Changes its metadata. */
  changeMetadata(change: Readonly<Record<string, unknown>>): void;
  close(): Promise<void>;
}

const clientId = 'cpis-viewer';
const tokensSchema = v.looseObject({ access_token: v.string(), id_token: v.optional(v.string()) });

/** Listens on this computer. `redirectUri`: the only one that it redirects to. */
export async function startSmartRecordSystem(
  redirectUri = 'http://127.0.0.1:47114/launch',
): Promise<SmartRecordSystem> {
  let handle: RequestListener = () => undefined;
  const requests: string[] = [];
  const { origin: issuer, close } = await serveOnLoopback((request, response) => {
    requests.push(`${request.method} ${pathOf(request)}`);
    handle(request, response);
  });
  const iss = `${issuer}/fhir`;
  const launches = new Map<string, LaunchAnswer>();
  const answers = new Map<string, LaunchAnswer>();
  const secrets: string[] = [];
  let asked = new URLSearchParams();
  let page: string | undefined;
  let changeRedirect: (redirect: URL) => void = () => undefined;
  let metadata: Readonly<Record<string, unknown>> = {};

  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: clientId,
        redirect_uris: ['http://127.0.0.1:47114/launch'],
        response_types: ['code'],
        grant_types: ['authorization_code'],
        token_endpoint_auth_method: 'none',
      },
    ],
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256' }] },
    adapter: memoryAdapter(),
    clientAuthMethods: ['none'],
    scopes: ['openid', 'launch', 'fhirUser'],
    claims: { openid: ['sub', 'nhs_number', 'user_id'] },
    conformIdTokenClaims: false,
    extraParams: {
      launch: () => undefined,
      aud(_ctx: unknown, value: unknown) {
        if (value !== iss) throw new errors.InvalidRequest('aud is not this system');
      },
    },
    cookies: { keys: [randomUUID()] },
    ttl: { AccessToken: 60, AuthorizationCode: 60, Grant: 60, IdToken: 60, Interaction: 600, Session: 60 },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_ctx, { uid }) => `/interaction/${uid}` },
    findAccount: (_ctx, sub) => ({ accountId: sub, claims: () => ({ sub, ...answers.get(sub)?.claims }) }),
    async loadExistingGrant(ctx: KoaContextWithOIDC) {
      const grant = new provider.Grant({ clientId, accountId: ctx.oidc.session?.accountId ?? '' });
      grant.addOIDCScope('openid launch fhirUser');
      await grant.save();
      return grant;
    },
  });
  provider.Client.prototype.redirectUriAllowed = (uri: string) => uri === redirectUri;

  provider.use(async (ctx, next) => {
    if (ctx.path === '/fhir/.well-known/smart-configuration') {
      ctx.body = {
        issuer,
        authorization_endpoint: `${issuer}/auth`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/jwks`,
        code_challenge_methods_supported: ['S256'],
        capabilities: ['launch-ehr', 'client-public', 'context-ehr-patient', 'sso-openid-connect'],
        ...metadata,
      };
      return;
    }
    if (ctx.path.startsWith('/interaction/')) {
      const { params } = await provider.interactionDetails(ctx.req, ctx.res);
      if (page !== undefined && ctx.method === 'GET') {
        ctx.type = 'html';
        ctx.body = page;
        return;
      }
      const launch = String(params['launch']);
      const answer = launches.get(launch);
      launches.delete(launch);
      if (answer !== undefined) answers.set(launch, answer);
      const result = answer === undefined ? { error: 'access_denied' } : { login: { accountId: launch } };
      ctx.status = 303;
      ctx.redirect(await provider.interactionResult(ctx.req, ctx.res, result));
      return;
    }
    if (ctx.path === '/auth') asked = new URLSearchParams(ctx.querystring);
    await next();
    const location = ctx.res.getHeader('location');
    if (typeof location === 'string' && location.startsWith(redirectUri)) {
      const redirect = new URL(location);
      secrets.push(redirect.searchParams.get('code') ?? clientId);
      changeRedirect(redirect);
      ctx.set('location', redirect.href);
      ctx.body = '';
    }
    if (ctx.path === '/token' && ctx.status === 200) {
      const tokens = v.parse(tokensSchema, ctx.body);
      secrets.push(tokens.access_token, ...(tokens.id_token === undefined ? [] : [tokens.id_token]));
      ctx.body = { ...tokens, ...answers.get(String(ctx['oidc'].entities.Account?.accountId))?.members };
    }
  });
  handle = provider.callback();

  return {
    iss,
    issuer,
    clientId,
    issue(answer) {
      const launch = `launch-${randomUUID()}`;
      launches.set(launch, answer);
      return launch;
    },
    requests: () => requests,
    asked: () => asked,
    secrets: () => secrets.filter((secret) => secret !== clientId),
    showPage: (html) => {
      page = html;
    },
    changeRedirect: (change) => {
      changeRedirect = change;
    },
    changeMetadata: (change) => {
      metadata = change;
    },
    close,
  };
}

function pathOf({ url = '' }: IncomingMessage): string {
  return url.split('?')[0] ?? '';
}

function memoryAdapter() {
  const records = new Map<string, AdapterPayload>();
  return (model: string) => {
    const key = (id: string) => `${model}:${id}`;
    const findBy = (member: 'uid' | 'userCode', value: string) =>
      [...records].find(([id, payload]) => id.startsWith(`${model}:`) && payload[member] === value)?.[1];
    return {
      upsert: async (id: string, payload: AdapterPayload) => void records.set(key(id), payload),
      find: async (id: string) => records.get(key(id)),
      findByUid: async (uid: string) => findBy('uid', uid),
      findByUserCode: async (code: string) => findBy('userCode', code),
      consume: async (id: string) => {
        const payload = records.get(key(id));
        if (payload !== undefined) records.set(key(id), { ...payload, consumed: Date.now() });
      },
      destroy: async (id: string) => void records.delete(key(id)),
      revokeByGrantId: async () => undefined,
    };
  };
}
