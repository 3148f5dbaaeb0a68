/** The signature rule, over real HTTP on loopback: a feed without a signature of the one key is refused. */
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { feedName, signatureName, signedText } from '../../shared/update-feed.ts';
import { createTestNetwork, serve as serveAt } from '../network/testing/loopback-server.ts';
import { createUpdates } from './updates.ts';

const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const otherKey = generateKeyPairSync('ed25519').privateKey;

const feedOf = (version: string) => `${JSON.stringify({ version })}\n`;

const signatureOf = (text: string, key: KeyObject) => sign(null, Buffer.from(text), key).toString('base64');
const signed = (feed: string, key = privateKey) => signatureOf(signedText(feed), key);

interface Published {
  readonly feed?: string;
  readonly signature?: string;
  /** The target of the feed's redirect. */
  readonly redirect?: string;
}

async function serve({ feed, signature, redirect }: Published): Promise<URL> {
  const files: Readonly<Record<string, string | undefined>> = {
    [feedName]: feed,
    [signatureName]: signature,
    'elsewhere.json': feed,
  };
  const origin = await serveAt((request, response) => {
    const name = (request.url ?? '').slice('/viewer/'.length);
    const file = files[name];
    if (redirect !== undefined && name === feedName) response.writeHead(302, { Location: redirect }).end();
    else if (file === undefined) response.writeHead(404).end();
    else response.end(file);
  });
  return new URL('viewer/', origin);
}

/** Checks twice at once. */
async function check(folder: URL, key = publicKey) {
  const states: string[] = [];
  const reasons: string[] = [];
  const updates = createUpdates({
    folder,
    publicKey: key.export({ format: 'der', type: 'spki' }).toString('base64'),
    version: '1.2.3',
    request: createTestNetwork().request,
    now: () => new Date(0),
    onChange: ({ kind }) => states.push(kind),
    report(reason) {
      reasons.push(reason);
      return 'reference';
    },
  });
  await Promise.all([updates.check(), updates.check()]);
  return { state: updates.state(), states, reasons };
}

const newer = feedOf('1.3.0');

describe('a feed that the built-in key has signed', () => {
  test('tells of a newer version, once', async () => {
    const { state, states } = await check(await serve({ feed: newer, signature: `${signed(newer)}\n` }));
    expect(state).toEqual({ kind: 'available', version: '1.3.0', checkedAt: new Date(0) });
    expect(states).toEqual(['available']);
  });

  test.each(['1.2.3', '1.2.2', '0.99.0'])('does not lead to %s, which is not newer', async (version) => {
    const feed = feedOf(version);
    expect((await check(await serve({ feed, signature: signed(feed) }))).states).toEqual(['idle']);
  });

  test.each([
    ['no version', '{}'],
    ['a version that is none', feedOf('1.3.0-beta.1')],
    ['a version that is a number', '{"version":1}'],
    ['no JSON', 'version: 1.3.0'],
    ['only a word', '"soon"'],
    ['nothing', ''],
  ])('is refused with %s', async (_case, feed) => {
    const { states, reasons } = await check(await serve({ feed, signature: signed(feed) }));
    expect(states).toEqual(['failed']);
    expect(reasons).toEqual([expect.stringContaining('the feed is not understood')]);
  });
});

describe('a feed is refused', () => {
  const changed = newer.replace('1.3.0', '1.4.0');
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
  test.each([
    ['signed by another key', newer, signed(newer, otherKey), publicKey],
    ['with a byte changed', changed, signed(newer), publicKey],
    ['with a byte more', `${newer}\n`, signed(newer), publicKey],
    ['with a byte of the signature changed', newer, flipped(signed(newer)), publicKey],
    ['with the bare feed signed', newer, signatureOf(newer, privateKey), publicKey],
    ['with an empty signature', newer, '', publicKey],
    ['with half a signature', newer, signed(newer).slice(0, 40), publicKey],
    ['with a signature that is a web page', newer, '<html>Please log in</html>', publicKey],
    ['with a key of another kind', newer, signed(newer, rsa.privateKey), rsa.publicKey],
  ])('%s', async (_case, feed, signature, key) => {
    const { states, reasons } = await check(await serve({ feed, signature }), key);
    expect(states).toEqual(['failed']);
    expect(reasons).toEqual(['the feed is not signed by the publisher of this viewer']);
  });

  test('without a signature', async () => {
    const { state, reasons } = await check(await serve({ feed: newer }));
    expect(state).toMatchObject({ kind: 'failed', reference: 'reference' });
    expect(reasons).toEqual([`${signatureName}: HTTP 404`]);
  });

  test('that is not there', async () => {
    expect((await check(await serve({}))).reasons).toEqual([`${feedName}: HTTP 404`]);
  });

  test('that leads elsewhere', async () => {
    const folder = await serve({ feed: newer, signature: signed(newer), redirect: 'elsewhere.json' });
    const { states, reasons } = await check(folder);
    expect([states, reasons]).toEqual([['failed'], [expect.stringContaining(`${feedName}: `)]]);
  });

  test('from a server that is not there', async () => {
    const { states, reasons } = await check(new URL('http://127.0.0.1:9/viewer/'));
    expect([states, reasons]).toEqual([['failed'], [expect.stringContaining(`${feedName}: offline`)]]);
  });
});

function flipped(base64: string): string {
  const bytes = Buffer.from(base64, 'base64');
  bytes[0] = (bytes[0] ?? 0) ^ 1;
  return bytes.toString('base64');
}
