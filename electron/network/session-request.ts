import { Readable } from 'node:stream';
import type { ClientRequestConstructorOptions } from 'electron';
import type { FailedResponse } from './api-response.ts';
import type { Fetch } from './network.ts';
import { NetworkFailure } from './network-failure.ts';
import type { Challenge, ProxyLogin, ProxyLoginProblem } from './proxy-login.ts';
import { proxyLoginError } from './proxy-login-error.ts';

/** The part of `ClientRequest` that this module uses; tests implement it over Node's own HTTP. */
export interface NetRequest {
  on(event: 'response', listener: (answer: NetAnswer) => void): unknown;
  on(
    event: 'login',
    listener: (challenge: Challenge, answer: (user?: string, password?: string) => void) => void,
  ): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  end(body?: string): unknown;
  abort(): void;
}

/** Electron's response is also a `Readable`, which Electron's types leave out. */
export interface NetAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string | string[]>>;
}

export interface SessionRequestDependencies {
  /** `net.request`, with the session. */
  readonly open: (options: ClientRequestConstructorOptions) => NetRequest;
  readonly proxyLogIn: Pick<ProxyLogin, 'begin'>;
}

/**
 * Sends a request over an Electron session, like `session.fetch`, and also answers a proxy's log-in challenge, which
 * `session.fetch` cannot do. The request sends no credential of the session, so a service's own challenge (401) gets no
 * answer, and it follows no redirect.
 * Source: Electron, `net.request`, event `login`; `lib/browser/api/net-fetch.ts`.
 */
export function createSessionRequest({ open, proxyLogIn }: SessionRequestDependencies): Fetch {
  return (url, { method = 'GET', headers, body, signal }) =>
    new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const attempt = proxyLogIn.begin();
      let problem: ProxyLoginProblem | undefined;
      let wasGiven = false;

      const request = open({
        method,
        url,
        headers: Object.fromEntries(new Headers(headers)),
        credentials: 'omit',
        redirect: 'error',
        bypassCustomProtocolHandlers: true,
      });
      function fail(error: unknown): void {
        attempt.end(false);
        request.abort();
        reject(
          problem === undefined
            ? error
            : new NetworkFailure(
                proxyLoginError(problem, deliveredBefore(wasGiven ? 'second' : 'first', url)),
              ),
        );
      }

      request.on('login', (challenge, answer) => {
        void attempt.answer(challenge).then((answered) => {
          if (answered.kind === 'given') {
            wasGiven = true;
            answer(answered.logIn.user, answered.logIn.password);
          } else {
            problem = answered.problem;
            answer();
          }
        });
      });
      request.on('response', (answer) => {
        // The body that a proxy sends with its challenge is not a response of the service.
        if (problem !== undefined) return fail(problem);
        attempt.end(true);
        try {
          resolve(toResponse(answer));
        } catch (error) {
          fail(error);
        }
      });
      request.on('error', fail);
      signal?.addEventListener('abort', () => fail(signal.reason), { once: true });
      request.end(body);
    });
}

/**
 * A proxy that refuses a log-in forwards nothing: no plain request, and it opens no tunnel for an https URL. But the far
 * end of an open tunnel can send a challenge in the proxy's name, and has then received the request (H4).
 */
function deliveredBefore(challenge: 'first' | 'second', url: string): FailedResponse['delivered'] {
  return challenge === 'second' && new URL(url).protocol === 'https:' ? 'unknown' : 'no';
}

/** Throws for a status or a header that `Response` does not accept. */
function toResponse(answer: NetAnswer): Response {
  const { statusCode: status } = answer;
  const headers = new Headers();
  for (const [name, value] of Object.entries(answer.headers)) headers.set(name, [value].flat().join(', '));
  if ([204, 205, 304].includes(status)) return new Response(null, { status, headers });
  if (!(answer instanceof Readable)) throw new TypeError('an answer without a stream');
  return new Response(Readable.toWeb(answer), { status, headers });
}
