/**
 * Which user of this computer is at the other end of a connection over the loopback address. Every user can connect to a
 * port of this computer; on Linux the kernel says whose each socket is. Other systems tell it to native code alone.
 * Source: proc_pid_net(5), `/proc/net/tcp` and `/proc/net/tcp6`: addresses are 32-bit words in the order of the machine.
 */
import { readFile } from 'node:fs/promises';
import { endianness } from 'node:os';

export type ConnectionOwner =
  | 'this-user'
  | 'another-user'
  /** The system does not say, or the other end has gone. */
  | 'unknown';

/** The two ends, as Node's `Socket` names them. */
export interface LoopbackConnection {
  readonly localPort: number | undefined;
  readonly remotePort: number | undefined;
}

/** Asks the system. Never throws. */
export async function findConnectionOwner(connection: LoopbackConnection): Promise<ConnectionOwner> {
  const uid = process.getuid?.();
  if (process.platform !== 'linux' || uid === undefined) return 'unknown';
  const tables = await Promise.all(
    ['/proc/net/tcp', '/proc/net/tcp6'].map((file) => readFile(file, 'latin1').catch(() => '')),
  );
  return readConnectionOwner(tables.join('\n'), connection, uid);
}

const established = '01';

/**
 * Reads the tables. The other end's socket is the one whose local port is our remote port. A socket that is closed
 * already is no user's any more: its row says root.
 */
export function readConnectionOwner(
  tables: string,
  { localPort, remotePort }: LoopbackConnection,
  uid: number,
): ConnectionOwner {
  const owners = tables
    .split('\n')
    .map(readRow)
    .filter(
      (row) =>
        row !== undefined &&
        row.localPort === remotePort &&
        row.remotePort === localPort &&
        row.isLoopback &&
        row.state === established,
    )
    .map((row) => row?.uid);
  // An address of the second table can stand for one of the first: where two fit, both must be this user's.
  if (owners.length === 0) return 'unknown';
  return owners.every((owner) => owner === uid) ? 'this-user' : 'another-user';
}

interface Row {
  readonly localPort: number;
  readonly remotePort: number;
  /** Both ends. */
  readonly isLoopback: boolean;
  readonly state: string;
  readonly uid: number;
}

const rowForm =
  /^\s*\d+: ([0-9A-F]{8,32}):([0-9A-F]{4}) ([0-9A-F]{8,32}):([0-9A-F]{4}) ([0-9A-F]{2}) \S+ \S+ \S+\s+(\d+)\s/;

function readRow(line: string): Row | undefined {
  const [, local = '', localPort = '', remote = '', remotePort = '', state = '', uid = ''] =
    rowForm.exec(line) ?? [];
  if (uid === '') return undefined;
  return {
    localPort: Number.parseInt(localPort, 16),
    remotePort: Number.parseInt(remotePort, 16),
    isLoopback: isLoopback(local) && isLoopback(remote),
    state,
    uid: Number(uid),
  };
}

/** 127.0.0.0/8, the same as a mapped IPv6 address, and ::1. */
function isLoopback(address: string): boolean {
  const bytes = (address.match(/.{8}/g) ?? []).map(inNetworkOrder).join('');
  return /^7F.{6}$/.test(bytes) || /^0{20}FFFF7F.{6}$/.test(bytes) || bytes === `${'0'.repeat(31)}1`;
}

function inNetworkOrder(word: string): string {
  return endianness() === 'LE' ? (word.match(/../g) ?? []).toReversed().join('') : word;
}
