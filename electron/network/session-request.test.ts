/** Over real loopback HTTP, with a stand-in for `net.request`; e2e/network tests the same with Chromium. */
import { EventEmitter } from 'node:events';
import type { RequestListener } from 'node:http';
import type { ClientRequestConstructorOptions } from 'electron';
import { describe, expect, test, vi } from 'vitest';
import type { ProxyLogin, ProxyLoginProblem, ProxyLoginReply } from './proxy-login.ts';
import { createSessionRequest, type NetRequest } from './session-request.ts';
import { serve as serveAt } from './testing/loopback-server.ts';
import { openNodeRequest } from './testing/node-request.ts';

const serve = async (listener: RequestListener) => (await serveAt(listener)).href;

const given: ProxyLoginReply = { kind: 'given', logIn: { user: 'user', password: 'password' } };
const withheld = (problem: ProxyLoginProblem): ProxyLoginReply => ({ kind: 'withheld', problem });

/** Sends these responses in turn, and records how each request ended. */
function logInOf(...answers: readonly ProxyLoginReply[]) {
  const ended: boolean[] = [];
  const left = [...answers];
  const proxyLogIn: Pick<ProxyLogin, 'begin'> = {
    begin: () => ({
      answer: async () => left.shift() ?? withheld('not-set'),
      end: (passed) => ended.push(passed),
    }),
  };
  return { proxyLogIn, ended };
}

const create = (proxyLogIn = logInOf().proxyLogIn, open = openNodeRequest) =>
  createSessionRequest({ open, proxyLogIn });

describe('a request', () => {
  test('sends its headers and its body as they are, and no header of its own', async () => {
    let seen: { readonly headers: unknown; readonly body: string } | undefined;
    const url = await serve(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const { host: _host, connection: _connection, ...headers } = request.headers;
      seen = { headers, body: Buffer.concat(chunks).toString() };
      response.end();
    });
    await create()(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded', 'X-Request-ID': 'r' },
      body: 'a=ö',
    });
    expect(seen).toMatchObject({
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-request-id': 'r' },
      body: 'a=ö',
    });
  });

  test('H14: carries no credential and follows no redirect, whatever it is asked', async () => {
    const opened: ClientRequestConstructorOptions[] = [];
    const url = await serve((_request, response) => response.end());
    const send = create(undefined, (options) => {
      opened.push(options);
      return openNodeRequest(options);
    });
    await send(url, { credentials: 'include', redirect: 'follow' });
    expect(opened).toMatchObject([
      { method: 'GET', credentials: 'omit', redirect: 'error', bypassCustomProtocolHandlers: true },
    ]);
  });

  test('that is given up rejects with the reason at once, and its connection is dropped', async () => {
    let state = 'not there';
    const url = await serve((request) => {
      state = 'open';
      request.on('close', () => {
        state = 'closed';
      });
    });
    const abort = new AbortController();
    const sending = create()(url, { signal: abort.signal });
    await vi.waitFor(() => expect(state).toBe('open'));
    abort.abort(new Error('the patient was changed'));
    await expect(sending).rejects.toThrow('the patient was changed');
    await vi.waitFor(() => expect(state).toBe('closed'));
  });

  test('that was given up before is not sent', async () => {
    const open = vi.fn(openNodeRequest);
    await expect(
      create(undefined, open)('http://127.0.0.1:9/', { signal: AbortSignal.abort(new Error('too late')) }),
    ).rejects.toThrow('too late');
    expect(open).not.toHaveBeenCalled();
  });

  test('that fails rejects with the network’s own error', async () => {
    const url = await serve((request) => request.socket.destroy());
    await expect(create()(url, {})).rejects.toThrow('socket hang up');
  });
});

describe('an answer', () => {
  test('is there before its body is', async () => {
    let finish = () => {};
    const url = await serve((_request, response) => {
      response.writeHead(201, { 'X-Several': ['a', 'b'] }).write('first ');
      finish = () => response.end('last');
    });
    const answer = await create()(url, {});
    expect([answer.status, answer.headers.get('x-several')]).toEqual([201, 'a, b']);
    finish();
    expect(await answer.text()).toBe('first last');
  });

  test('H2: whose body breaks off is an error', async () => {
    const url = await serve((_request, response) => {
      response.writeHead(200, { 'Content-Length': 100 });
      response.write('half', () => response.destroy());
    });
    await expect((await create()(url, {})).text()).rejects.toThrow();
  });

  test.each([204, 304])('%i has no body', async (status) => {
    const url = await serve((_request, response) => void response.writeHead(status).end());
    const answer = await create()(url, {});
    expect([answer.status, answer.body]).toEqual([status, null]);
  });

  test('with a status that there is not is an error, and no crash', async () => {
    const url = await serve((_request, response) => void response.writeHead(999).end());
    await expect(create()(url, {})).rejects.toThrow(RangeError);
  });
});

describe('a proxy’s challenge', () => {
  const proxyLetting = (right: string) =>
    serve((request, response) => {
      response.writeHead(request.headers['proxy-authorization'] === right ? 200 : 407).end();
    });

  test('is answered, and the request goes on', async () => {
    const { proxyLogIn, ended } = logInOf(given);
    const answer = await create(proxyLogIn)(await proxyLetting('user:password'), {});
    expect([answer.status, ended]).toEqual([200, [true]]);
  });

  test.each<[ProxyLoginProblem, readonly ProxyLoginReply[]]>([
    ['not-set', [withheld('not-set')]],
    ['not-readable', [withheld('not-readable')]],
    ['refused', [given, withheld('refused')]],
  ])('that is not answered (%s) is a failure which did not reach the service', async (problem, answers) => {
    const { proxyLogIn, ended } = logInOf(...answers);
    const sending = create(proxyLogIn)(await proxyLetting('another'), {});
    await expect(sending).rejects.toMatchObject({
      answer: { kind: 'failed', fault: 'proxy', delivered: 'no', logInProblem: problem },
    });
    expect(ended).toEqual([false]);
  });

  test.each([
    ['before the tunnel stands', [withheld('not-set')], 'no'],
    ['and again, perhaps from the far end of the tunnel', [given, withheld('refused')], 'unknown'],
  ] as const)('H4: for an https address, %s: reached: %s', async (_case, answers, delivered) => {
    const sending = create(logInOf(...answers).proxyLogIn, () => tunnelWithChallenges(answers.length))(
      'https://a.example/',
      {},
    );
    await expect(sending).rejects.toMatchObject({ answer: { fault: 'proxy', delivered } });
  });
});

/** A tunnel that is not opened: this many challenges, then Chromium's error. */
function tunnelWithChallenges(challenges: number): NetRequest {
  const events = new EventEmitter();
  function challenge(left: number): void {
    if (left === 0) events.emit('error', new Error('net::ERR_TUNNEL_CONNECTION_FAILED'));
    else events.emit('login', {}, () => challenge(left - 1));
  }
  return Object.assign(events, { end: () => setImmediate(challenge, challenges), abort() {} });
}
