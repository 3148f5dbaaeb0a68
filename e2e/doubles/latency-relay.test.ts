import { connect, createServer, type Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { expect, onTestFinished, test, vi } from 'vitest';
import { openLatencyRelay } from './latency-relay.ts';
import { listenOnLoopback } from './loopback.ts';

/** A relay before a service of the test's own, and connections to either. */
async function arrange(serve: (socket: Socket) => void, roundTripMs: number) {
  const service = createServer({ allowHalfOpen: true }, serve);
  const port = await listenOnLoopback(service);
  const relay = await openLatencyRelay();
  Object.assign(relay, { portBehind: port, roundTripMs });
  onTestFinished(() => {
    relay.close();
    service.close();
  });
  const open = (to: number) => connect({ port: to, host: '127.0.0.1', allowHalfOpen: true, noDelay: true });
  return { relay, direct: () => open(port), relayed: () => open(relay.port) };
}

test('what is sent arrives whole and in its order, both ways, and so does the end', async () => {
  const { relay, relayed } = await arrange((socket) => socket.pipe(socket), 10);
  const sent = Buffer.alloc(1_000_000, 'synthetic ');
  const client = relayed();
  for (let at = 0; at < sent.length; at += 9_999) client.write(sent.subarray(at, at + 9_999));
  client.end();
  expect((await buffer(client)).equals(sent)).toBe(true);
  expect(relay.connections).toBe(1);
});

test('what goes through the relay is held for its time, while what is sent later past it arrives', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'performance'] });
  onTestFinished(() => void vi.useRealTimers());
  let arrived = '';
  const { direct, relayed } = await arrange((socket) => {
    socket.on('data', (bytes) => {
      arrived += bytes;
    });
  }, 300);
  const turn = () => new Promise(setImmediate);
  const late = relayed();
  late.write('late, ');
  while (vi.getTimerCount() === 0) await turn();
  late.write('both');
  direct().end('first, ');
  while (arrived === '') await turn();
  vi.advanceTimersByTime(449); // the handshake's round trip, and half of one
  await turn();
  expect(arrived).toBe('first, ');
  while (arrived.length < 'first, late, both'.length) {
    vi.advanceTimersByTime(1);
    await turn();
  }
  expect(arrived).toBe('first, late, both');
});

test.each<[string, (service: Socket) => void, string]>([
  ['a reset', (service) => service.resetAndDestroy(), 'ECONNRESET'],
  ['the end', (service) => service.end(), 'ended'],
])('%s of the service reaches the client', async (_kind, finish, seen) => {
  const { relayed } = await arrange((socket) => socket.once('data', () => finish(socket)), 10);
  const client = relayed();
  client.write('please');
  const outcome = await new Promise((resolve) => {
    client.on('error', (error: NodeJS.ErrnoException) => resolve(error.code));
    client.on('end', () => resolve('ended'));
    client.resume();
  });
  expect(outcome).toBe(seen);
  client.destroy();
});

test('a reset of the client reaches the service', async () => {
  let seen = (_code: string | undefined): void => undefined;
  const outcome = new Promise((resolve) => (seen = resolve));
  const { relayed } = await arrange((socket) => {
    socket.on('error', (error: NodeJS.ErrnoException) => seen(error.code));
    socket.on('data', () => client.resetAndDestroy());
  }, 10);
  const client = relayed();
  client.write('please');
  expect(await outcome).toBe('ECONNRESET');
});
