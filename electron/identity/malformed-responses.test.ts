/**
 * Each response of a sign-in, malformed in each way that a network or a service can cause: the user sees the right fault
 * within the time limit, and an incomplete response never signs a user in.
 */
import { describe, expect, test } from 'vitest';
import { openForeignTls } from '../../e2e/doubles/tls-front.ts';
import type { FaultKind } from '../../shared/fault.ts';
import type { Fetch } from '../network/network.ts';
import { chromiumFetch } from '../network/testing/chromium-fetch.ts';
import { expectRefusal } from './testing/refused-sign-in.ts';
import { simulatorForTests } from './testing/simulator.ts';

const simulator = await simulatorForTests();

const endpoints = ['cis2.discovery', 'cis2.token', 'cis2.jwks', 'cis2.userinfo', 'platform.token'] as const;

const paths: Readonly<Record<(typeof endpoints)[number], RegExp>> = {
  'cis2.discovery': /openid-configuration$/,
  'cis2.token': /access_token$/,
  'cis2.jwks': /jwk_uri$/,
  'cis2.userinfo': /userinfo$/,
  'platform.token': /oauth2\/token$/,
};

const json = 'application/json';
const faults: readonly (readonly [name: string, fault: Record<string, unknown>, kind: FaultKind])[] = [
  ['hangs', { kind: 'hang' }, 'timed-out'],
  ['comes too late', { kind: 'delay', ms: 1_000 }, 'timed-out'],
  ['comes too slowly', { kind: 'slow-body', bytesPerSecond: 20 }, 'timed-out'],
  ['is reset', { kind: 'reset' }, 'offline'],
  ['is broken off', { kind: 'truncate' }, 'answer-not-understood'],
  ['is huge', { kind: 'huge', megabytes: 33 }, 'answer-not-understood'],
  ['redirects', { kind: 'redirect', location: 'http://127.0.0.1:9/' }, 'answer-not-understood'],
  ['is broken JSON', { kind: 'body', contentType: json, body: '{"keys":[' }, 'answer-not-understood'],
  [
    'gives a member twice',
    { kind: 'body', contentType: json, body: '{"sub":"1","keys":[],"sub":"2"}' },
    'answer-not-understood',
  ],
  ['is empty', { kind: 'body', contentType: json, body: '' }, 'answer-not-understood'],
  ['is a web page of a proxy', { kind: 'html' }, 'answered-in-its-place'],
  [
    'is refused by a filter with a page',
    { kind: 'status', status: 403, contentType: 'text/html' },
    'answered-in-its-place',
  ],
  ['asks the proxy’s password', { kind: 'status', status: 407 }, 'proxy'],
  ['is 429', { kind: 'status', status: 429, headers: { 'retry-after': '60' } }, 'busy'],
  ['is 500', { kind: 'status', status: 500 }, 'service-failing'],
  ['is 503 with a page', { kind: 'status', status: 503, contentType: 'text/html' }, 'service-failing'],
];

describe.each(endpoints)('the answer of %s', (target) => {
  const exchange = target === 'platform.token' ? 'tried' : undefined;

  test.each(faults)('%s', async (_name, fault, kind) => {
    const page = fault['contentType'] === 'text/html' ? { body: '<p>Blocked</p>' } : {};
    await simulator.fault(target, { ...fault, ...page });
    await expectRefusal(simulator, { kind, exchange }, { timeoutMs: kind === 'timed-out' ? 300 : 5_000 });
  });

  test('is late, but in time', async () => {
    await simulator.fault(target, { kind: 'delay', ms: 200 });
    const { session } = simulator.identity();
    expect((await session.signIn()).state).toBe('signed-in');
  });

  test('is what it should be, and says that it is text', async () => {
    const fetch: Fetch = async (url, options) => {
      const response = await chromiumFetch(url, options);
      if (!paths[target].test(url)) return response;
      const headers = new Headers(response.headers);
      headers.set('content-type', 'text/plain');
      return new Response(response.body, { status: response.status, headers });
    };
    await expectRefusal(simulator, { kind: 'answer-not-understood', exchange }, { fetch });
  });

  test('comes with an untrusted certificate: nothing is sent', async () => {
    const fronts = new Map(
      await Promise.all(
        Object.values(simulator.addresses).map(
          async (origin) => [origin, await openForeignTls(new URL(origin))] as const,
        ),
      ),
    );
    const fetch: Fetch = (url, options) => {
      const { origin } = new URL(url);
      return chromiumFetch(
        paths[target].test(url) ? url.replace(origin, fronts.get(origin)?.origin ?? '') : url,
        options,
      );
    };
    await expectRefusal(simulator, { kind: 'untrusted-certificate' }, { fetch });
    expect((await simulator.requestLines()).filter((request) => paths[target].test(request))).toEqual([]);
    for (const front of fronts.values()) front.close();
  });

  test('is JSON of another kind', async () => {
    await simulator.fault(target, { kind: 'body', contentType: json, body: '[1]' });
    const kind = expect.stringMatching(/^(sign-in-failed|answer-not-understood)$/);
    await expectRefusal(simulator, { kind, exchange });
  });
});

describe('nothing answers', () => {
  test('at Care Identity', async () => {
    const cis2 = { issuer: 'http://127.0.0.1:9/realm' };
    await expectRefusal(simulator, { kind: 'offline' }, { cis2 });
  });

  test('at the platform', async () => {
    const platform = { tokenUrl: 'http://127.0.0.1:9/oauth2/token' };
    await expectRefusal(simulator, { kind: 'offline' }, { platform });
  });
});
