/** The rule of the signature, over real HTTP on loopback: what is not signed by the one key is never fetched. */
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import { signedText } from '../../shared/update-feed.ts';
import { createClockSkew } from '../network/clock-skew.ts';
import { createNetwork } from '../network/network.ts';
import type { UpdateState } from './update-state.ts';
import { createUpdates, type Installer } from './updates.ts';

const feedName = 'latest-linux.yml';
const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const stranger = generateKeyPairSync('ed25519').privateKey;

const feedOf = (version: string, url = `cpis-viewer-${version}-linux-x86_64.AppImage`) =>
  `version: ${version}\nfiles:\n  - url: ${url}\n    sha512: ${'A'.repeat(86)}==\n    size: 1\n`;

const signed = (feed: string, key: KeyObject = privateKey, name = feedName) =>
  sign(null, Buffer.from(signedText(name, feed)), key).toString('base64');

let server: Server | undefined;
afterEach(() => {
  server?.close();
  server?.closeAllConnections();
});

async function serve(files: Readonly<Record<string, string>>): Promise<URL> {
  const started = createServer((request, response) => {
    const file = files[(request.url ?? '').slice('/viewer/'.length)];
    if (file === undefined) response.writeHead(404).end();
    else response.end(file);
  });
  server = started;
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
  const address = started.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return new URL(`http://127.0.0.1:${address.port}/viewer/`);
}

interface Tried {
  readonly state: UpdateState;
  readonly states: readonly string[];
  readonly reasons: readonly string[];
  readonly fetched: readonly string[];
  readonly installs: number;
}

interface Circumstances {
  readonly key?: KeyObject;
  readonly mode?: 'automatic' | 'notify';
  readonly fetching?: () => Promise<void>;
  readonly installing?: () => void;
}

/** Checks twice at once, then quits. */
async function tried(
  folder: URL,
  { key = publicKey, mode = 'automatic', fetching, installing }: Circumstances = {},
): Promise<Tried> {
  const states: string[] = [];
  const reasons: string[] = [];
  const fetched: string[] = [];
  let installs = 0;
  const installer: Installer = {
    choose: ({ files }) => files.find(({ url }) => url.endsWith('.AppImage')),
    async fetch(version, { url }) {
      fetched.push(`${version} ${url}`);
      await fetching?.();
    },
    async install() {
      installing?.();
      installs += 1;
    },
  };
  const updates = createUpdates({
    folder,
    feedName,
    publicKey: key.export({ format: 'der', type: 'spki' }).toString('base64'),
    version: '1.2.3',
    request: createNetwork({ fetch, now: Date.now, clockSkew: createClockSkew(new Set()) }).request,
    installer: mode === 'automatic' ? installer : undefined,
    now: () => new Date(0),
    onChange: ({ kind }) => states.push(kind),
    report(reason) {
      reasons.push(reason);
      return 'reference';
    },
  });
  await Promise.all([updates.check(), updates.check()]);
  // What is ready stays ready, and the feed is left in peace.
  if (updates.state().kind === 'ready') await updates.check();
  await updates.install();
  return { state: updates.state(), states, reasons, fetched, installs };
}

const right = feedOf('1.3.0');

describe('a feed that the built-in key has signed', () => {
  test('is followed: fetched once, and installed when the viewer is quit', async () => {
    const { states, fetched, installs } = await tried(
      await serve({ [feedName]: right, [`${feedName}.sig`]: `${signed(right)}\n` }),
    );
    expect(states).toEqual(['downloading', 'ready']);
    expect(fetched).toEqual(['1.3.0 cpis-viewer-1.3.0-linux-x86_64.AppImage']);
    expect(installs).toBe(1);
  });

  test('is only spoken of where nothing is to be installed', async () => {
    const { states, fetched, installs } = await tried(
      await serve({ [feedName]: right, [`${feedName}.sig`]: signed(right) }),
      { mode: 'notify' },
    );
    expect([states, fetched, installs]).toEqual([['available'], [], 0]);
  });

  test('is only spoken of where it has no package for this installation', async () => {
    const debs = feedOf('1.3.0', 'cpis-viewer-1.3.0-linux-amd64.deb');
    const { states, fetched } = await tried(
      await serve({ [feedName]: debs, [`${feedName}.sig`]: signed(debs) }),
    );
    expect([states, fetched]).toEqual([['available'], []]);
  });

  test.each(['1.2.3', '1.2.2', '0.99.0'])('does not lead to %s, which is not newer', async (version) => {
    const feed = feedOf(version);
    const { states, fetched, installs } = await tried(
      await serve({ [feedName]: feed, [`${feedName}.sig`]: signed(feed) }),
    );
    expect([states, fetched, installs]).toEqual([['idle'], [], 0]);
  });

  test.each([
    ['no version', right.replace(/^version.*\n/, '')],
    ['a version that is none', feedOf('1.3.0-beta.1')],
    ['no hash', right.replace(/ {4}sha512.*\n/, '')],
    ['a hash cut short', right.replace('AA==', '==')],
    ['no files', 'version: 1.3.0\nfiles: []\n'],
    ['no YAML', 'version: [1.3.0\n'],
    ['only a word', 'soon'],
    ['nothing', ''],
    ['a file on another host', feedOf('1.3.0', 'https://elsewhere.example/cpis-viewer.AppImage')],
    ['a file on another host, shortly', feedOf('1.3.0', '//elsewhere.example/cpis-viewer.AppImage')],
    ['a file in another folder', feedOf('1.3.0', '../cpis-viewer.AppImage')],
    ['a file in another folder, escaped', feedOf('1.3.0', '%2e%2e/cpis-viewer.AppImage')],
  ])('is refused with %s', async (_case, feed) => {
    const { states, reasons, fetched, installs } = await tried(
      await serve({ [feedName]: feed, [`${feedName}.sig`]: signed(feed) }),
    );
    expect([states, fetched, installs]).toEqual([['failed'], [], 0]);
    expect(reasons).toEqual([expect.stringContaining('the feed is not understood')]);
  });

  test('whose package is not what it says is not installed', async () => {
    const { states, reasons, installs } = await tried(
      await serve({ [feedName]: right, [`${feedName}.sig`]: signed(right) }),
      { fetching: () => Promise.reject(new Error('sha512 checksum mismatch')) },
    );
    expect([states, reasons, installs]).toEqual([['downloading', 'failed'], ['sha512 checksum mismatch'], 0]);
  });

  test('that cannot take the place of this version is said in the log', async () => {
    const { state, reasons } = await tried(
      await serve({ [feedName]: right, [`${feedName}.sig`]: signed(right) }),
      {
        installing() {
          throw new Error('read-only');
        },
      },
    );
    expect(state).toMatchObject({ kind: 'failed', reference: 'reference' });
    expect(reasons).toEqual(['read-only']);
  });
});

describe('a feed is refused, and nothing fetched,', () => {
  const changed = right.replace('1.3.0', '1.4.0');
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
  test.each([
    ['signed by another key', right, signed(right, stranger), publicKey],
    ['with a byte changed', changed, signed(right), publicKey],
    ['with a byte more', `${right}\n`, signed(right), publicKey],
    ['with a byte of the signature changed', right, flipped(signed(right)), publicKey],
    [
      'with the signature of another system’s feed',
      right,
      signed(right, privateKey, 'latest.yml'),
      publicKey,
    ],
    [
      'with the bare feed signed',
      right,
      sign(null, Buffer.from(right), privateKey).toString('base64'),
      publicKey,
    ],
    ['with an empty signature', right, '', publicKey],
    ['with half a signature', right, signed(right).slice(0, 40), publicKey],
    ['with a signature that is a web page', right, '<html>Please log in</html>', publicKey],
    [
      'with a key of another kind',
      right,
      sign(null, Buffer.from(signedText(feedName, right)), rsa.privateKey).toString('base64'),
      rsa.publicKey,
    ],
  ])('%s', async (_case, feed, signature, key) => {
    const { states, reasons, fetched, installs } = await tried(
      await serve({ [feedName]: feed, [`${feedName}.sig`]: signature }),
      { key },
    );
    expect([states, fetched, installs]).toEqual([['failed'], [], 0]);
    expect(reasons).toEqual(['the feed is not signed by the publisher of this viewer']);
  });

  test('without a signature', async () => {
    const { states, reasons, fetched } = await tried(await serve({ [feedName]: right }));
    expect([states, reasons, fetched]).toEqual([['failed'], ['latest-linux.yml.sig: HTTP 404'], []]);
  });

  test('that is not there', async () => {
    const { states, reasons } = await tried(await serve({}));
    expect([states, reasons]).toEqual([['failed'], ['latest-linux.yml: HTTP 404']]);
  });

  test('from a server that is not there', async () => {
    const { states, reasons } = await tried(new URL('http://127.0.0.1:9/viewer/'));
    expect([states, reasons]).toEqual([['failed'], [expect.stringContaining('latest-linux.yml: offline')]]);
  });
});

function flipped(base64: string): string {
  const bytes = Buffer.from(base64, 'base64');
  bytes[0] = (bytes[0] ?? 0) ^ 1;
  return bytes.toString('base64');
}
