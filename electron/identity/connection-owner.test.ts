import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { findConnectionOwner, readConnectionOwner } from './connection-owner.ts';

const sockets: { destroy(): unknown }[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
});

test('a connection of this process is this user’s on Linux, and of an unknown user elsewhere', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  sockets.push({ destroy: () => server.close() });
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const accepted = once(server, 'connection');
  sockets.push(connect(address.port, '127.0.0.1'));
  const [socket] = (await accepted) as [Socket];
  sockets.push(socket);
  expect(await findConnectionOwner({ localPort: socket.localPort, remotePort: socket.remotePort })).toBe(
    process.platform === 'linux' ? 'this-user' : 'unknown',
  );
});

/** As on a little-endian Linux: 127.0.0.1:47113 is 0100007F:B809. */
const heading =
  '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode';
const row = (local: string, remote: string, state: string, uid: number) =>
  `   1: ${local} ${remote} ${state} 00000000:00000000 00:00000000 00000000  ${uid}        0 40923 1 0`;
const ours = '0100007F:B809';
const theirs = '0100007F:D431';
const connection = { localPort: 0xb809, remotePort: 0xd431 };
const owner = (...rows: readonly string[]) =>
  readConnectionOwner([heading, ...rows].join('\n'), connection, 1_000);

describe('the table of the kernel', () => {
  const accepted = row(ours, theirs, '01', 1_000);

  test.each([
    ['this user', [row(theirs, ours, '01', 1_000)], 'this-user'],
    ['another user', [row(theirs, ours, '01', 1_001)], 'another-user'],
    ['root', [row(theirs, ours, '01', 0)], 'another-user'],
    [
      'another user, over IPv6 with a mapped address',
      [row('0000000000000000FFFF00000100007F:D431', '0000000000000000FFFF00000100007F:B809', '01', 1_001)],
      'another-user',
    ],
    [
      'this user, over ::1',
      [row('00000000000000000000000001000000:D431', '00000000000000000000000001000000:B809', '01', 1_000)],
      'this-user',
    ],
    [
      'two users, of whom it is one',
      [row(theirs, ours, '01', 1_000), row(theirs, ours, '01', 1_001)],
      'another-user',
    ],
    ['no owner, because the other end is closed', [row(theirs, ours, '06', 0)], 'unknown'],
    ['a socket on another connection', [row('0100007F:D432', ours, '01', 1_001)], 'unknown'],
    ['a socket on another computer', [row('0100000A:D431', '0200000A:B809', '01', 1_000)], 'unknown'],
  ])('says %s', (_whose, rows, expected) => {
    expect(owner(accepted, ...rows)).toBe(expected);
  });

  test('that cannot be read says nothing', () => {
    expect(owner('nonsense')).toBe('unknown');
  });
});
