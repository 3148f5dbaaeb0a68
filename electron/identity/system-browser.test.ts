/** The one-shot listener of RFC 8252, over real loopback connections; `fetch` stands in for the browser. */
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { describe, expect, onTestFinished, test } from 'vitest';
import { freePort, listenOnLoopback } from '../../e2e/doubles/loopback.ts';
import type { SignInReturn } from './sign-in-user-agent.ts';
import { createSystemBrowserUserAgent, type SystemBrowserOptions } from './system-browser.ts';

const authorisationUrl = new URL('https://care-identity.example/authorize?state=ours&nonce=secret');
/** Only Linux tells the owner of a connection. */
const answeredBy = process.platform === 'linux' ? 'this-user' : 'unknown';

/** Begins a sign-in; returns the promised result and the URL that the browser was told to open. */
async function begin({
  host = '127.0.0.1',
  port,
  abort = new AbortController(),
  ...options
}: Partial<SystemBrowserOptions> & {
  readonly host?: string;
  readonly port?: number;
  readonly abort?: AbortController;
} = {}) {
  const redirectUri = new URL(`http://${host}:${port ?? (await freePort())}/callback`);
  onTestFinished(() => abort.abort());
  const opened: URL[] = [];
  const isOpen = Promise.withResolvers<void>();
  const userAgent = createSystemBrowserUserAgent({
    openPage: async (url) => {
      opened.push(url);
      isOpen.resolve();
    },
    timeLimitMs: 5_000,
    ...options,
  });
  let result: SignInReturn | 'waiting' = 'waiting';
  const ended = userAgent({ authorisationUrl, redirectUri, signal: abort.signal }).then((returned) => {
    result = returned;
    return returned;
  });
  await Promise.race([isOpen.promise, ended]);
  const answer = new URL('?code=c&state=ours', redirectUri);
  return { redirectUri, answer, abort, opened, ended, result: () => result };
}

const refusesConnections = (url: URL) => expect(fetch(url)).rejects.toThrow();

/** A request written byte by byte, since `fetch` sets its own Host. */
function raw(port: string, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), '127.0.0.1', () => socket.end(text));
    let answer = '';
    socket.on('data', (data) => {
      answer += data.toString();
    });
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
  });
}

describe('the answer', () => {
  test('is taken from one request, and the listener is closed at once', async () => {
    const { answer, ended } = await begin();
    const page = await fetch(answer);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('You can close this page');
    expect(await ended).toEqual({ kind: 'redirected', url: answer, answeredBy });
    await refusesConnections(answer);
  });

  test('that is an error of Care Identity is taken as it is', async () => {
    const { redirectUri, ended } = await begin();
    const refusal = new URL('?error=access_denied&state=ours', redirectUri);
    await fetch(refusal);
    expect(await ended).toEqual({ kind: 'redirected', url: refusal, answeredBy });
  });

  test('is shown by a page that loads nothing, is kept nowhere and sends nothing on', async () => {
    const { answer } = await begin();
    const { headers } = await fetch(answer);
    expect(Object.fromEntries(headers)).toMatchObject({
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      connection: 'close',
    });
  });

  test('of two that come together is the first; the second is refused', async () => {
    const { answer, redirectUri, ended } = await begin();
    const second = new URL('?code=other&state=ours', redirectUri);
    await Promise.allSettled([fetch(answer), fetch(second)]);
    expect(await ended).toEqual({ kind: 'redirected', url: answer, answeredBy });
  });

  test('is taken although the browser closes the connection before the page, when its owner is unknown', async () => {
    const { answer, ended, redirectUri } = await begin();
    const text = `GET ${answer.pathname}${answer.search} HTTP/1.1\r\nHost: ${redirectUri.host}\r\n\r\n`;
    const socket = connect(Number(redirectUri.port), '127.0.0.1', () => {
      socket.write(text, () => socket.destroy());
    });
    expect(await ended).toMatchObject({ kind: 'redirected', url: answer });
  });

  test('comes over ::1 too, where the redirect URI says so; on a computer without IPv6 that is said', async () => {
    const hasIpv6 = Object.values(networkInterfaces()).some((all) =>
      all?.some(({ address }) => address === '::1'),
    );
    const { answer, ended } = await begin({ host: '[::1]' });
    if (hasIpv6) await fetch(answer);
    expect(await ended).toMatchObject(
      hasIpv6
        ? { kind: 'redirected', url: answer, answeredBy }
        : { kind: 'failed', fault: expect.anything() },
    );
  });
});

describe('the address that the browser is opened with', () => {
  test('is the listener’s own: other users can read it, and it says nothing of the sign-in', async () => {
    const { opened, redirectUri } = await begin();
    expect(opened).toHaveLength(1);
    const [address] = opened;
    expect(address?.origin).toBe(redirectUri.origin);
    expect(address?.href).not.toMatch(/ours|secret|authorize/);
  });

  test('redirects to Care Identity at every request', async () => {
    const { opened, result } = await begin();
    for (const address of [...opened, ...opened]) {
      const response = await fetch(address, { redirect: 'manual' });
      expect([response.status, response.headers.get('location')]).toEqual([302, authorisationUrl.href]);
    }
    expect(result()).toBe('waiting');
  });

  test('that is not requested in time means that the browser did not open', async () => {
    const { ended } = await begin({ browserTimeLimitMs: 50 });
    expect(await ended).toMatchObject({
      kind: 'failed',
      fault: { happened: expect.stringContaining('did not open the sign-in page') },
    });
  });
});

describe('H14: another user of the computer', () => {
  test('gets nothing, and does not use up the one request', async () => {
    let owner: 'another-user' | 'this-user' = 'another-user';
    const { answer, opened, ended, result } = await begin({ ownerOf: async () => owner });
    for (const address of [answer, ...opened]) {
      const response = await fetch(address, { redirect: 'manual' });
      expect([response.status, response.headers.get('location')]).toEqual([403, null]);
    }
    expect(result()).toBe('waiting');
    owner = 'this-user';
    await fetch(answer);
    expect(await ended).toEqual({ kind: 'redirected', url: answer, answeredBy: 'this-user' });
  });

  test('cannot be told apart where the system does not say, and the answer says so', async () => {
    const { answer, ended } = await begin({ ownerOf: async () => 'unknown' });
    await fetch(answer);
    expect(await ended).toEqual({ kind: 'redirected', url: answer, answeredBy: 'unknown' });
  });
});

/** The one request is still there for the answer. */
async function expectAnswerTaken({ answer, ended, result }: Awaited<ReturnType<typeof begin>>) {
  expect(result()).toBe('waiting');
  await fetch(answer);
  expect(await ended).toMatchObject({ kind: 'redirected' });
}

describe('what is not the answer is refused, and does not use up the one request', () => {
  test.each([
    ['another path', '/'],
    ['a favicon', '/favicon.ico'],
    ['the path and more', '/callback/more?code=c&state=ours'],
    ['a path that leads there by a detour', '/x/..%2fcallback?code=c&state=ours'],
    ['no state', '/callback?code=c'],
    ['the state of another sign-in', '/callback?code=stolen&state=theirs'],
  ])('%s', async (_case, path) => {
    const begun = await begin();
    expect((await fetch(new URL(path, begun.redirectUri))).status).toBe(404);
    await expectAnswerTaken(begun);
  });

  test.each(['POST', 'PUT', 'HEAD', 'OPTIONS'])('the method %s', async (method) => {
    const begun = await begin();
    expect((await fetch(begun.answer, { method })).status).toBe(404);
    await expectAnswerTaken(begun);
  });

  test.each([
    ['of another name (DNS rebinding)', 'Host: attacker.example'],
    ['by the name "localhost"', 'Host: localhost'],
    ['without its port', 'Host: 127.0.0.1'],
  ])('a host %s', async (_case, host) => {
    const begun = await begin();
    const { pathname, search, port } = begun.answer;
    const text = await raw(port, `GET ${pathname}${search} HTTP/1.1\r\n${host}\r\n\r\n`);
    expect(text).toMatch(/^HTTP\/1\.1 404/);
    await expectAnswerTaken(begun);
  });

  test('an address of another origin in the request line', async () => {
    const { redirectUri, result } = await begin();
    const line = 'GET http://attacker.example/callback?code=c&state=ours HTTP/1.1';
    const text = await raw(redirectUri.port, `${line}\r\nHost: ${redirectUri.host}\r\n\r\n`);
    expect(text).toMatch(/^HTTP\/1\.1 404/);
    expect(result()).toBe('waiting');
  });

  test('nonsense', async () => {
    const begun = await begin();
    await raw(begun.redirectUri.port, 'nonsense\r\n\r\n');
    await expectAnswerTaken(begun);
  });
});

describe('the listener', () => {
  test('is bound to the loopback address alone', async () => {
    const { redirectUri } = await begin();
    const others = Object.values(networkInterfaces())
      .flatMap((all) => all ?? [])
      .filter(({ internal, family }) => !internal && family === 'IPv4');
    for (const { address } of others) {
      await refusesConnections(new URL(`http://${address}:${redirectUri.port}/callback?state=ours`));
    }
  });

  test('gives up after its time, and says so', async () => {
    const { answer, ended } = await begin({ timeLimitMs: 100 });
    expect(await ended).toMatchObject({ kind: 'failed', fault: { kind: 'sign-in-cancelled' } });
    await refusesConnections(answer);
  });

  test('is closed when the sign-in is given up', async () => {
    const { answer, abort, ended } = await begin();
    abort.abort();
    expect(await ended).toEqual({ kind: 'closed' });
    await refusesConnections(answer);
  });

  test('that cannot have its port says so, and opens no page', async () => {
    const other = createServer();
    onTestFinished(() => void other.close());
    const port = await listenOnLoopback(other);
    const { ended, opened } = await begin({ port });
    expect(await ended).toMatchObject({
      kind: 'failed',
      fault: { kind: 'sign-in-failed', happened: expect.stringContaining(String(port)) },
    });
    expect(opened).toEqual([]);
  });

  test('is closed when there is no browser to open', async () => {
    const { redirectUri, ended } = await begin({ openPage: () => Promise.reject(new Error('no browser')) });
    expect(await ended).toMatchObject({ kind: 'failed', fault: { kind: 'sign-in-failed' } });
    await refusesConnections(redirectUri);
  });

  test('is not opened at all for a sign-in that is given up already', async () => {
    const abort = new AbortController();
    abort.abort();
    const { redirectUri, ended, opened } = await begin({ abort });
    expect(await ended).toEqual({ kind: 'closed' });
    expect(opened).toEqual([]);
    await refusesConnections(redirectUri);
  });
});
