/** For tests: a service on this computer that answers over real HTTP, and the real network without tokens to call it. */
import type { IncomingHttpHeaders } from 'node:http';
import { beforeAll, beforeEach } from 'vitest';
import { serveOnLoopback } from '../../../e2e/doubles/loopback.ts';
import type { AuthorisedFetch } from '../../network/api-response.ts';
import { chromiumFetch } from '../../network/testing/chromium-fetch.ts';
import { createTestNetwork } from '../../network/testing/loopback-server.ts';
import type { Environment } from '../../settings/environment.ts';
import { parseEnvironment } from '../../settings/parse-environment.ts';

export interface Received {
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
}

export interface Reply {
  readonly status?: number;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** A value is sent as JSON; a text as it is. `hang-up` closes the connection without an answer. */
  readonly body: unknown;
}

export type Answer = (received: Received) => Reply | 'hang-up' | Promise<Reply | 'hang-up'>;

/** Starts it before the tests of the file, forgets what it received before each, and closes it after them. */
export function loopbackServiceForTests() {
  let answer: Answer = () => ({ status: 500, body: 'no answer set' });
  const received: Received[] = [];
  const service = {
    origin: '',
    received,
    answerWith: (next: Answer) => {
      answer = next;
    },
  };
  beforeAll(async () => {
    const { origin, close } = await serveOnLoopback(async (request, response) => {
      const one: Received = { url: new URL(request.url ?? '/', service.origin), headers: request.headers };
      received.push(one);
      const reply = await answer(one);
      if (reply === 'hang-up') return void request.socket.resetAndDestroy();
      response.writeHead(reply.status ?? 200, {
        'Content-Type': reply.contentType ?? 'application/fhir+json; charset=utf-8',
        ...reply.headers,
      });
      response.end(typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body));
    });
    service.origin = origin;
    return close;
  });
  beforeEach(() => {
    received.length = 0;
  });
  return service;
}

const network = createTestNetwork(chromiumFetch);

/** `electron/identity` tests what it adds to a request. */
export const plainFetch: AuthorisedFetch = (request) => network.request({ method: 'GET', ...request });

type CpisSettings = Partial<Environment['cpis']>;

/** An environment with all services at one origin. */
export function environmentAt(
  origin: string,
  { cpis = {}, ...rest }: { cpis?: CpisSettings; careSetting?: Environment['careSetting'] } = {},
): Environment {
  const parsed = parseEnvironment({
    tag: 'TEST',
    live: false,
    cis2: {
      issuer: origin,
      clientId: 'test',
      redirectUri: 'http://127.0.0.1:1/callback',
      clientAuthentication: { method: 'client_secret_post', clientSecret: 'test' },
    },
    platform: {
      tokenUrl: `${origin}/oauth2/token`,
      apiKey: 'test',
      signer: { kind: 'stored', kid: 'test', name: 'test' },
    },
    pds: { baseUrl: `${origin}/personal-demographics/FHIR/R4` },
    cpis: { baseUrl: `${origin}/cpis/FHIR/R4`, ...cpis },
    timeoutSeconds: 5,
    ...rest,
  });
  if (parsed.kind === 'invalid') throw new Error(parsed.problems.join('\n'));
  return parsed.environment;
}
