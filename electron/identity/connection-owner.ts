/**
 * Finds which user of this computer opened a loopback connection. Every user can connect to a port of this computer. On
 * Linux the kernel lists the owner of each socket; other systems tell native code only.
 * Source: proc_pid_net(5), `/proc/net/tcp` and `/proc/net/tcp6`: addresses are 32-bit words in the order of the machine.
 */
import { readFile } from 'node:fs/promises';
import { endianness } from 'node:os';

export type ConnectionOwner =
  | 'this-user'
  | 'another-user'
  /** The system does not list owners, or the other end is closed. */
  | 'unknown';

/** The ports of both ends, as Node's `Socket` names them. */
export interface LoopbackConnection {
  readonly localPort: number | undefined;
  readonly remotePort: number | undefined;
}

/** Looks the connection up in the kernel's tables. Never throws. */
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
 * Reads the tables. The socket of the other end has our remote port as its local port. Rows of closed sockets are left
 * out: the kernel lists root as their owner.
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
  // The IPv6 table can list the same connection under a mapped IPv4 address: where two rows match, both must be this user's.
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

/** 127.0.0.0/8, its mapped IPv6 form, and ::1. */
function isLoopback(address: string): boolean {
  const bytes = (address.match(/.{8}/g) ?? []).map(inNetworkOrder).join('');
  return /^7F.{6}$/.test(bytes) || /^0{20}FFFF7F.{6}$/.test(bytes) || bytes === `${'0'.repeat(31)}1`;
}

function inNetworkOrder(word: string): string {
  return endianness() === 'LE' ? (word.match(/../g) ?? []).toReversed().join('') : word;
}
