import { connect, createServer, type Socket } from 'node:net';
import { listenOnLoopback } from './loopback.ts';

export interface LatencyRelay {
  readonly port: number;
  /** The loopback port that it forwards to; to be set before the first connection. */
  portBehind: number;
  /** Holds for what arrives from then on. */
  roundTripMs: number;
  /** How many connections were made so far. */
  readonly connections: number;
  /** Ends every connection, as a service does with one that has been idle for long. */
  endConnections(): void;
  close(): void;
}

/**
 * A TCP relay on loopback that behaves as a link with latency: the first bytes of a connection wait for a round trip, as for
 * TCP's handshake, and everything takes half a round trip in each direction, however much is on its way.
 */
export async function openLatencyRelay(): Promise<LatencyRelay> {
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
    connections += 1;
    const connectedAt = performance.now() + relay.roundTripMs;
    const options = { port: relay.portBehind, host: '127.0.0.1', allowHalfOpen: true, noDelay: true };
    const service = connect(options);
    forwardLate(client, service, () => Math.max(performance.now(), connectedAt) + relay.roundTripMs / 2);
    forwardLate(service, client, () => performance.now() + relay.roundTripMs / 2);
    for (const socket of [client, service]) {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
    }
  });
  const relay: LatencyRelay = {
    port: await listenOnLoopback(server),
    portBehind: 0,
    roundTripMs: 0,
    get connections() {
      return connections;
    },
    endConnections() {
      for (const socket of sockets) socket.destroy();
    },
    close() {
      server.close();
      relay.endConnections();
    },
  };
  return relay;
}

/** Passes on bytes, the end and a reset in their order, each at the time that `arrival` gives when it is received. */
function forwardLate(from: Socket, to: Socket, arrival: () => number): void {
  const underWay: { readonly at: number; readonly pass: () => void }[] = [];
  function passOn(): void {
    for (let next = underWay[0]; next !== undefined; next = underWay[0]) {
      const inMs = next.at - performance.now();
      if (inMs > 0) return void setTimeout(passOn, inMs);
      underWay.shift();
      next.pass();
    }
  }
  function send(pass: () => void): void {
    underWay.push({ at: arrival(), pass });
    if (underWay.length === 1) passOn();
  }
  from.on('data', (bytes) => send(() => to.write(bytes)));
  from.on('end', () => send(() => to.end()));
  // 'close' follows, and says that there was an error.
  from.on('error', () => undefined);
  from.on('close', (isReset) => isReset && send(() => to.resetAndDestroy()));
}
