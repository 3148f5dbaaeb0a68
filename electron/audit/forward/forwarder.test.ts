/** Against a real collector: a TLS server on this computer, which can be slow, rude or gone. */

import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import net, { type AddressInfo, type Socket } from 'node:net';
import path from 'node:path';
import tls from 'node:tls';
import { promisify } from 'node:util';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { sharedTemporaryFolder, temporaryFolder } from '../../../e2e/doubles/temporary-folder.ts';
import { readTrail } from '../testing/read-trail.ts';
import { openTrail, type Trail } from '../trail.ts';
import { isForwardedAtOnce } from '../trail-event.ts';
import { connectTo } from './collector.ts';
import { type Forwarder, startForwarder } from './forwarder.ts';

const run = promisify(execFile);
const certificates = sharedTemporaryFolder();
let folder: string;
let trail: Trail;
const running: { stop(): void }[] = [];

beforeAll(async () => {
  const file = (name: string) => path.join(certificates, name);
  const subject = ['-subj', '/CN=collector', '-addext', 'subjectAltName=IP:127.0.0.1'];
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'];
  await run('openssl', ['req', '-x509', ...key, ...subject, '-keyout', file('key'), '-out', file('pem')]);
});

beforeEach(() => {
  folder = path.join(temporaryFolder(), 'audit');
});
afterEach(async () => {
  for (const each of running.splice(0)) each.stop();
  await trail.settled();
});

interface Collector {
  readonly port: number;
  readonly messages: string[];
  readonly connections: () => number;
  stop(): void;
}

/** `rude`: the number of connections that the collector breaks without reading, before it works. */
async function startCollector({ port = 0, rude = 0 } = {}): Promise<Collector> {
  const messages: string[] = [];
  let connections = 0;
  const server = tls.createServer({
    key: await readFile(path.join(certificates, 'key')),
    cert: await readFile(path.join(certificates, 'pem')),
  });
  const raw: Socket[] = [];
  server.on('connection', (socket) => raw.push(socket));
  server.on('secureConnection', (socket) => {
    const connection = raw[connections];
    connections += 1;
    socket.on('error', () => undefined);
    let buffer = Buffer.alloc(0);
    if (connections <= rude) {
      socket.pause();
      setTimeout(() => connection?.resetAndDestroy(), 30);
    }
    socket.on('data', (bytes: Buffer) => {
      buffer = Buffer.concat([buffer, bytes]);
      for (;;) {
        const [head, length] = /^(\d+) /.exec(buffer.toString('latin1')) ?? [];
        if (head === undefined || buffer.length < head.length + Number(length)) break;
        messages.push(buffer.subarray(head.length, head.length + Number(length)).toString('utf8'));
        buffer = buffer.subarray(head.length + Number(length));
      }
    });
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const collector: Collector = {
    port: (server.address() as AddressInfo).port,
    messages,
    connections: () => connections,
    stop: () => void server.close(),
  };
  running.push(collector);
  return collector;
}

interface Site {
  readonly forwarder: Forwarder;
  readonly failures: string[];
  /** Entries that are forwarded at once, or with others. */
  write(count: number, event?: 'copied' | 'locked'): Promise<void>;
}

interface SiteOptions {
  /** `null`: without a certificate file. */
  readonly certificateFile?: string | null;
  readonly gatherMs?: number;
}

function openSite(
  port: number,
  { certificateFile = path.join(certificates, 'pem'), gatherMs = 1 }: SiteOptions = {},
): Site {
  const failures: string[] = [];
  const forwarder = startForwarder({
    folder,
    workstation: 'WARD 7',
    connect: connectTo({
      address: `127.0.0.1:${port}`,
      certificateFile: certificateFile ?? undefined,
      timeoutMs: 2_000,
    }),
    onFailure: (reason) => failures.push(reason),
    limits: { gatherMs, firstRetryMs: 10, longestRetryMs: 50, batch: 10 },
  });
  running.push(forwarder);
  trail = openTrail({
    folder,
    workstation: 'WARD 7',
    now: () => new Date('2026-11-23T14:32:00Z'),
    largestFileBytes: 1_000,
    onWritten: (_entry, event) => forwarder.wake(isForwardedAtOnce(event) ? 'at-once' : 'soon'),
  });
  return {
    forwarder,
    failures,
    write: async (count, event = 'copied') => {
      for (let index = 0; index < count; index += 1) {
        await trail.append({ event, workstation: 'WARD 7', actor: null });
      }
    },
  };
}

/** A site whose collector is there. */
async function openWithCollector(
  ofCollector: Parameters<typeof startCollector>[0] = {},
  ofSite: SiteOptions = {},
) {
  const collector = await startCollector(ofCollector);
  return { collector, site: openSite(collector.port, ofSite) };
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const seqOf = (message: string) => Number(/"seq":(\d+)/.exec(message)?.[1]);
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

async function arrived({ forwarder }: Site, count: number): Promise<void> {
  await vi.waitFor(() => expect(forwarder.state()).toEqual({ forwarded: count, failure: undefined }), 5_000);
}

describe('every entry arrives', () => {
  test('as a syslog message whose text is the entry itself', async () => {
    const { collector, site } = await openWithCollector();
    await site.write(2);
    await arrived(site, 3);
    const [, message = ''] = collector.messages;
    const { entries } = readTrail(folder);
    expect(message).toMatch(
      /^<110>1 2026-11-23T14:32:00\.000Z WARD\?7 cpis-viewer - copied - \u{feff}\{"actor":null,.*\}$/u,
    );
    expect(JSON.parse(message.split('\u{feff}')[1] ?? '')).toEqual(entries[1]);
  });

  test('in order and once, over many files and connections', async () => {
    const { collector, site } = await openWithCollector();
    await site.write(34);
    await arrived(site, 35);
    expect(collector.messages.map(seqOf)).toEqual(upTo(35));
    expect(collector.connections()).toBeGreaterThan(3);
  });

  test('also those of the time when the viewer was closed, and none of them twice', async () => {
    const first = await startCollector();
    const before = openSite(first.port);
    await before.write(3);
    await arrived(before, 4);
    before.forwarder.stop();
    await before.write(3);

    const second = await startCollector();
    const after = openSite(second.port);
    await after.write(1);
    await arrived(after, 8);
    expect(second.messages.map(seqOf)).toEqual([5, 6, 7, 8]);
  });

  test('also those of the time when the collector was gone; one word about it', async () => {
    const gone = await startCollector();
    gone.stop();
    const site = openSite(gone.port);
    await site.write(3);
    await vi.waitFor(() => expect(site.failures).toEqual(['ECONNREFUSED']));
    await pause(200);
    expect(site.failures).toHaveLength(1);
    const back = await startCollector({ port: gone.port });
    await arrived(site, 4);
    expect(back.messages.map(seqOf)).toEqual(upTo(4));
  });

  test('after a connection that broke in the middle: again, so that none is lost', async () => {
    const { collector, site } = await openWithCollector({ rude: 3 });
    await site.write(20);
    await arrived(site, 21);
    expect([...new Set(collector.messages.map(seqOf))].toSorted((one, other) => one - other)).toEqual(
      upTo(21),
    );
  });

  // More entries of the old trail have arrived than the new trail has, or fewer.
  test.each([1, 9])('of another trail, where the old one is gone: with %i entries', async (count) => {
    const first = await startCollector();
    const before = openSite(first.port);
    await before.write(5);
    await arrived(before, 6);
    before.forwarder.stop();
    const forwarded = await readFile(path.join(folder, 'forwarded.json'), 'utf8');
    expect(forwarded).toContain('"seq":6');
    await rm(folder, { recursive: true });
    await mkdir(folder);
    await writeFile(path.join(folder, 'forwarded.json'), forwarded);

    const second = await startCollector();
    const after = openSite(second.port);
    await after.write(count);
    await arrived(after, count + 1);
    expect(second.messages.map(seqOf)).toEqual(upTo(count + 1));
  });

  test('also before there is a trail: nothing to send is no failure', async () => {
    const { site } = await openWithCollector();
    await pause(50);
    site.forwarder.wake('soon');
    await pause(50);
    expect(site.failures).toEqual([]);
    await site.write(1);
    await arrived(site, 2);
  });
});

/** A gathering time longer than any test. */
const never = 3_600_000;

describe('an entry that is not forwarded exists only in the folder, so', () => {
  test('H4: what must be written first is sent at once', async () => {
    const { collector, site } = await openWithCollector({}, { gatherMs: never });
    await site.write(2, 'locked');
    await site.write(1, 'copied');
    await arrived(site, 4);
    await site.write(1, 'locked');
    await site.write(1, 'copied');
    await arrived(site, 6);
    expect(collector.messages.map(seqOf)).toEqual(upTo(6));
  });

  test('the end sends the rest', async () => {
    const { collector, site } = await openWithCollector({}, { gatherMs: never });
    await site.write(3, 'locked');
    await site.forwarder.finish(5_000);
    expect(collector.messages.map(seqOf)).toEqual(upTo(4));
    expect(site.forwarder.state()).toEqual({ forwarded: 4, failure: undefined });
    expect(readTrail(folder)).toMatchObject({ forwarded: { seq: 4 }, findings: [] });
  });

  test('the end waits for a sending that has begun, and sends what came meanwhile', async () => {
    const { collector, site } = await openWithCollector({}, { gatherMs: never });
    await site.write(1, 'copied');
    await site.write(1, 'locked');
    await site.forwarder.finish(5_000);
    expect(collector.messages.map(seqOf)).toEqual(upTo(3));
  });

  test('the end does not wait for a collector that says nothing, and the rest goes out at the next start', async () => {
    const silent = net.createServer((socket) => socket.on('error', () => undefined));
    silent.listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const site = openSite((silent.address() as AddressInfo).port, { gatherMs: never });
    await site.write(1, 'copied');
    await site.forwarder.finish(50);
    silent.close();
    expect(site.forwarder.state().forwarded).toBe(0);

    const collector = await startCollector();
    const next = openSite(collector.port);
    await arrived(next, 2);
    expect(collector.messages.map(seqOf)).toEqual([1, 2]);
  });

  test('H4: a trail that no longer has what was forwarded is found, cut off or written anew', async () => {
    const { site } = await openWithCollector();
    await site.write(3);
    await arrived(site, 4);
    site.forwarder.stop();
    const forwarded = await readFile(path.join(folder, 'forwarded.json'));
    for (const [count, text] of [
      [1, 'Entry 4 was forwarded to the log collector and is not in this trail.'],
      [5, 'Entry 4 is not the one that was forwarded to the log collector.'],
    ] as const) {
      await rm(folder, { recursive: true });
      const forged = openTrail({ folder, workstation: 'WARD 8', now: () => new Date() });
      for (let index = 0; index < count; index += 1)
        await forged.append({ event: 'copied', workstation: 'WARD 8', actor: null });
      expect(readTrail(folder).findings).toEqual([]);
      await writeFile(path.join(folder, 'forwarded.json'), forwarded);
      expect(readTrail(folder).findings).toEqual([{ kind: 'problem', text }]);
    }
  });
});

describe('nothing is sent', () => {
  test('to a collector that cannot prove who it is', async () => {
    const { collector, site } = await openWithCollector({}, { certificateFile: null });
    await site.write(1);
    await vi.waitFor(() => expect(site.failures).toEqual(['DEPTH_ZERO_SELF_SIGNED_CERT']));
    expect(collector.messages).toEqual([]);
    expect(site.forwarder.state().forwarded).toBe(0);
  });

  test.each([
    ['is not there', async () => undefined],
    ['is not a regular file', (file: string) => run('mkfifo', [file])],
    ['is a folder', (file: string) => mkdir(file)],
  ])('where the certificate %s, and that is said', async (words, put) => {
    const collector = await startCollector();
    const file = path.join(path.dirname(folder), 'of-the-site.pem');
    await mkdir(path.dirname(folder), { recursive: true });
    await put(file);
    const site = openSite(collector.port, { certificateFile: file });
    await site.write(1);
    await vi.waitFor(() => expect(site.failures).toEqual([`of-the-site.pem ${words}`]));
    expect(collector.connections()).toBe(0);
  });

  test('after a stop', async () => {
    const { collector, site } = await openWithCollector();
    site.forwarder.stop();
    await site.write(3);
    await pause(50);
    expect(collector.connections()).toBe(0);
  });
});
