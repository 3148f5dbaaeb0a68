import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Answer } from '../answer.ts';
import { deliver } from '../faults/delivery.ts';
import type { Faults } from '../faults/faults.ts';
import type { Fault, FaultKind, Target } from '../faults/schema.ts';
import { decodeJwt, verifySignature } from '../jwt.ts';
import type { IssuedTokens } from '../platform/issued-tokens.ts';
import { readBody } from '../request-body.ts';
import { epochSeconds, type SettingsStore } from '../settings.ts';
import { users } from '../users.ts';
import { withCallbackFault } from './callback.ts';
import { createIdToken, withOverrides } from './id-token.ts';
import { nextStep } from './interaction.ts';
import type { Keyring } from './keyring.ts';
import { type Context, hasOidc } from './koa-context.ts';
import type { Cis2Options } from './options.ts';
import { problemPage } from './pages.ts';
import { type Cis2Client, createProvider } from './provider.ts';

export interface Cis2Dependencies {
  readonly issuer: string;
  readonly options: Cis2Options;
  readonly client: Cis2Client;
  readonly keyring: Keyring;
  readonly settings: SettingsStore;
  readonly faults: Faults;
  readonly issued: IssuedTokens;
}

const discoveryPath = '/.well-known/openid-configuration';

/** Care Identity on a port: oidc-provider, its log-in pages, the ID token as CIS2 writes it, and the faults. */
export function createCis2(dependencies: Cis2Dependencies): RequestListener {
  const { issuer, options, client, keyring, faults, issued } = dependencies;
  const { provider, roleOf } = createProvider(dependencies);
  const mountPath = new URL(issuer).pathname;
  const sessionCookie = provider.cookieName('session');
  let previousCode: string | undefined;

  // Many tests abort a request; Koa would print each as an error.
  provider.onerror = (error: NodeJS.ErrnoException) => {
    if (error.code !== 'ECONNRESET' && error.code !== 'EPIPE') process.stderr.write(`${error.stack}\n`);
  };

  // What ends TLS in front of it forwards plain requests: its own addresses have the scheme of the issuer all the same.
  provider.proxy = true;
  provider.use(async (ctx, next) => {
    ctx.req.headers['x-forwarded-proto'] = new URL(issuer).protocol.slice(0, -1);
    if (!ctx.path.startsWith(`${mountPath}/`)) {
      ctx.status = 404;
      return;
    }
    ctx['mountPath'] = mountPath;
    ctx.path = ctx.path.slice(mountPath.length);
    if (ctx.path.startsWith('/interaction/')) return interact(ctx);
    if (startsAfresh(ctx, options)) forgetCookie(ctx.req, sessionCookie);

    const target = targetOf(ctx.path, options);
    if (target === undefined) {
      await next();
      rewriteCallback(ctx);
      return;
    }
    const applied = faults.take(target, (kind) => kind !== 'callback');
    ctx.respond = false;
    await deliver({
      response: ctx.res,
      target,
      faults,
      applied,
      handle: async () => {
        if (target === 'cis2.end-session' && (await endSession(ctx)))
          return { status: 204, headers: {}, body: '' };
        await next();
        await amend(ctx, target, applied?.fault);
        rewriteCallback(ctx);
        return takeAnswer(ctx);
      },
    });
  });

  /** The redirect back to the application, whichever page it comes from. */
  const rewriteCallback = (ctx: Context) => {
    const location = ctx.res.getHeader('location');
    if (typeof location !== 'string' || !location.startsWith(client.redirectUri)) return;
    const fault = faults.take('cis2.authorize', (kind: FaultKind) => kind === 'callback')?.fault;
    const redirect = new URL(location);
    const code = redirect.searchParams.get('code');
    if (code !== null) issued.add('authorization-code', code);
    if (!options.issuerInRedirect) redirect.searchParams.delete('iss');
    ctx.set('location', withCallbackFault(redirect, fault, previousCode).href);
    ctx.body = '';
    previousCode = code ?? previousCode;
  };

  const amend = async (ctx: Context, target: Target, fault: Fault | undefined) => {
    if (target === 'cis2.jwks') ctx.body = keyring.published();
    if (target === 'cis2.discovery') ctx.body = amendDiscovery(ctx.body, options);
    if (ctx.status !== 200) return;
    if (target === 'cis2.userinfo' && fault?.kind === 'userinfo') {
      ctx.body = withOverrides(asClaims(ctx.body), fault.overrides);
    }
    if (target === 'cis2.token') {
      await amendToken(ctx, fault?.kind === 'id-token' ? fault : undefined, roleOf, dependencies);
    }
  };

  /**
   * Ends the session of an ID token without its cookie, as does ForgeRock Access Management, on which Care Identity is built.
   * A request without such a token goes to oidc-provider, which asks the user.
   */
  const endSession = async (ctx: Context): Promise<boolean> => {
    const query = new URLSearchParams(ctx.querystring);
    const fields = ctx.method === 'POST' ? new URLSearchParams((await readBody(ctx.req)) ?? '') : query;
    const jwt = decodeJwt(fields.get('id_token_hint') ?? '');
    const { kid } = jwt?.header ?? {};
    const key = typeof kid === 'string' ? keyring.find(kid) : undefined;
    if (jwt === undefined || key === undefined || !verifySignature(jwt, keyring.algorithm, key)) return false;
    const session = await provider.Session.findByUid(String(jwt.payload['sid']));
    await session?.destroy();
    return session !== undefined;
  };

  const interact = async (ctx: Context) => {
    ctx.set({ ...problemPage().headers });
    try {
      const { params } = await provider.interactionDetails(ctx.req, ctx.res);
      const acrValues = params['acr_values'];
      const fields =
        ctx.method === 'POST'
          ? new URLSearchParams((await readBody(ctx.req)) ?? '')
          : new URLSearchParams(ctx.querystring);
      const step = nextStep(
        {
          redirectUri: client.redirectUri,
          acrValues: typeof acrValues === 'string' ? acrValues : undefined,
        },
        fields,
      );
      if (step.kind === 'page') {
        ctx.set({ ...step.page.headers });
        ctx.type = 'html';
        ctx.body = step.page.html;
        return;
      }
      const returnTo = await provider.interactionResult(ctx.req, ctx.res, step.result, {
        mergeWithLastSubmission: false,
      });
      ctx.redirect(returnTo);
      ctx.status = 303;
    } catch {
      ctx.status = 400;
      ctx.type = 'html';
      ctx.body = problemPage().html;
    }
  };

  return provider.callback();
}

function targetOf(path: string, { paths }: Cis2Options): Target | undefined {
  switch (path) {
    case discoveryPath:
      return 'cis2.discovery';
    case paths.authorize:
      return 'cis2.authorize';
    case paths.token:
      return 'cis2.token';
    case paths.userinfo:
      return 'cis2.userinfo';
    case paths.jwks:
      return 'cis2.jwks';
    case paths.revocation:
      return 'cis2.revocation';
    case paths.endSession:
      return 'cis2.end-session';
    default:
      return undefined;
  }
}

/**
 * Drops the last user's session from a request that demands a log-in, and from the request that follows that log-in:
 * otherwise oidc-provider asks the second user of a shared workstation to log the first one out.
 */
function startsAfresh({ path, query }: Context, { paths }: Cis2Options): boolean {
  return (
    path.startsWith(`${paths.authorize}/`) ||
    (path === paths.authorize && String(query['prompt']).includes('login'))
  );
}

function forgetCookie(request: IncomingMessage, name: string): void {
  const kept = (request.headers.cookie ?? '')
    .split('; ')
    .filter((cookie) => !cookie.startsWith(`${name}=`) && !cookie.startsWith(`${name}.`));
  request.headers.cookie = kept.join('; ');
}

/** Removes Koa's response, with its headers, and returns it as a value, so that a fault can replace it. */
function takeAnswer(ctx: Context): Answer {
  const { body, status } = ctx;
  const response: ServerResponse = ctx.res;
  const headers: Record<string, string | string[]> = {};
  for (const name of response.getHeaderNames()) {
    const value = response.getHeader(name);
    if (value !== undefined) headers[name] = Array.isArray(value) ? value : String(value);
    response.removeHeader(name);
  }
  delete headers['content-length'];
  const text =
    typeof body === 'string' ? body : body === null || body === undefined ? '' : JSON.stringify(body);
  return { status, headers, body: text };
}

async function amendToken(
  ctx: Context,
  fault: Extract<Fault, { readonly kind: 'id-token' }> | undefined,
  roleOf: (grantId: string | undefined) => string | undefined,
  { options, keyring, settings, issued }: Cis2Dependencies,
): Promise<void> {
  const now = epochSeconds(settings.now());
  if (!hasOidc(ctx)) return;
  const answer = asClaims(ctx.body);
  const { id_token: providerToken, access_token: accessToken } = answer;
  const code = ctx.oidc.entities.AuthorizationCode;
  const user = users.find(({ userId }) => userId === code?.accountId);
  if (typeof providerToken !== 'string' || typeof accessToken !== 'string' || user === undefined) return;

  const scopes = new Set(code?.scope?.split(' '));
  const namesRole = scopes.has('selectedrole') || scopes.has('changedrole');
  const idToken = await createIdToken({
    providerToken,
    signIn: {
      user,
      selectedRoleId: namesRole ? roleOf(code?.grantId) : undefined,
      acr: code?.acr ?? 'AAL3_ANY',
      sessionId: code?.sessionUid ?? '',
      authenticatedAt: (code?.authTime ?? now) + settings.current().clockOffsetSeconds,
    },
    issuedAt: now,
    lifetime: settings.current().idTokenSeconds,
    options,
    keyring,
    fault,
  });
  issued.add('cis2-access-token', accessToken);
  issued.add('id-token', idToken);
  ctx.body = { ...answer, id_token: idToken };
}

function amendDiscovery(body: unknown, { issuerInRedirect, announcesPkce }: Cis2Options): unknown {
  return withOverrides(asClaims(body), {
    ...(issuerInRedirect ? {} : { authorization_response_iss_parameter_supported: null }),
    ...(announcesPkce ? {} : { code_challenge_methods_supported: null }),
  });
}

function asClaims(body: unknown): Readonly<Record<string, unknown>> {
  return typeof body === 'object' && body !== null ? { ...body } : {};
}
