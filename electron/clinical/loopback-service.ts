/**
 * For tests: a service on this computer that answers over real HTTP, and the simplest `AuthorisedFetch` to call it.
 * `electron/network` and `electron/identity` test what the real one adds: tokens, proxy, size limits.
 */
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { ApiResponse, AuthorisedFetch, AuthorisedRequest } from '../network/api-response.ts';
import type { Environment } from '../settings/environment.ts';
import { parseEnvironment } from '../settings/parse-environment.ts';

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

export interface LoopbackService {
  readonly origin: string;
  readonly received: Received[];
  answerWith(answer: Answer): void;
  close(): Promise<void>;
}

export async function startLoopbackService(received: Received[] = []): Promise<LoopbackService> {
  let answer: Answer = () => ({ status: 500, body: 'no answer set' });
  let origin = '';
  const server = createServer((request, response) => {
    const one: Received = { url: new URL(request.url ?? '/', origin), headers: request.headers };
    received.push(one);
    void Promise.resolve(answer(one)).then((reply) => {
      if (reply === 'hang-up') {
        response.destroy();
        return;
      }
      response.writeHead(reply.status ?? 200, {
        'Content-Type': reply.contentType ?? 'application/fhir+json; charset=utf-8',
        ...reply.headers,
      });
      response.end(typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the loopback service has no port');
  origin = `http://127.0.0.1:${address.port}`;
  return {
    origin,
    received,
    answerWith: (next) => {
      answer = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Reads the whole answer, or says how it failed. */
export const plainFetch: AuthorisedFetch = async (request: AuthorisedRequest): Promise<ApiResponse> => {
  const timeout = AbortSignal.timeout(request.timeoutMs);
  try {
    const response = await fetch(request.url, {
      headers: request.headers,
      redirect: 'error',
      signal: AbortSignal.any([timeout, ...(request.signal === undefined ? [] : [request.signal])]),
    });
    const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN);
    return {
      kind: 'answered',
      status: response.status,
      contentType: response.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? '',
      body: new Uint8Array(await response.arrayBuffer()),
      retryAfter: Number.isNaN(retryAfter) ? undefined : retryAfter,
    };
  } catch {
    if (request.signal?.aborted === true) {
      return { kind: 'failed', fault: 'aborted', delivered: 'unknown', detail: 'aborted' };
    }
    const fault = timeout.aborted ? 'timed-out' : 'offline';
    return { kind: 'failed', fault, delivered: 'unknown', detail: fault };
  }
};

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
