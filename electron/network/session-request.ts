/**
 * One request over an Electron session, as `session.fetch` makes it, but that a proxy which asks for a log-in is answered:
 * `session.fetch` gives no hand in that. It sends no credential of the session's, so a service's own question (401) is
 * never answered, and follows no redirect.
 * Source: Electron, `net.request`, event `login`; `lib/browser/api/net-fetch.ts`.
 */
import { Readable } from 'node:stream';
import type { ClientRequestConstructorOptions } from 'electron';
import type { FailedResponse } from './api-response.ts';
import type { Fetch } from './network.ts';
import { NetworkFailure } from './network-failure.ts';
import type { Challenge, ProxyLogin, ProxyLoginProblem } from './proxy-login.ts';
import { proxyLoginError } from './proxy-login-error.ts';

/** The part of `ClientRequest` that is used here; a test can make one of Node's own HTTP. */
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

/** Electron's is a `Readable` as well, which its types leave out. */
export interface NetAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string | string[]>>;
}

export interface SessionRequestDependencies {
  /** `net.request`, with the session. */
  readonly open: (options: ClientRequestConstructorOptions) => NetRequest;
  readonly proxyLogIn: Pick<ProxyLogin, 'begin'>;
}

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
            : new NetworkFailure(proxyLoginError(problem, reachedBefore(wasGiven ? 'second' : 'first', url))),
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
        // What a proxy sends with its question is not an answer of the service's.
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
 * A proxy that is not content sends nothing on: no plain request, and for an https address it opens no tunnel. But once one
 * is open, its far end can ask in the proxy's name, and has then seen the request (H4).
 */
function reachedBefore(question: 'first' | 'second', url: string): FailedResponse['delivered'] {
  return question === 'second' && new URL(url).protocol === 'https:' ? 'unknown' : 'no';
}

/** Throws for a status or a header that no `Response` can have. */
function toResponse(answer: NetAnswer): Response {
  const { statusCode: status } = answer;
  const headers = new Headers();
  for (const [name, value] of Object.entries(answer.headers)) headers.set(name, [value].flat().join(', '));
  if ([204, 205, 304].includes(status)) return new Response(null, { status, headers });
  if (!(answer instanceof Readable)) throw new TypeError('an answer without a stream');
  return new Response(Readable.toWeb(answer), { status, headers });
}
