import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import { listenOnLoopback } from '../loopback-port.ts';

export interface ForwardProxy {
  readonly port: number;
  /** What it was asked for: `GET http://host:port/path` without the query, or `CONNECT host:port`. */
  readonly log: readonly string[];
  close(): void;
}

export interface ForwardProxyOptions {
  /** Refuse everything with 407. */
  readonly authentication?: boolean;
  /** Where a `CONNECT` to any name leads: names of a test do not resolve. */
  readonly tunnelTo?: number;
}

/** A proxy as a trust has one, on loopback: it forwards plain requests, tunnels TLS, and keeps a log. */
export async function openForwardProxy({
  authentication = false,
  tunnelTo,
}: ForwardProxyOptions = {}): Promise<ForwardProxy> {
  const log: string[] = [];
  const sockets = new Set<Socket>();
  const forward = (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const url = new URL(incoming.url ?? '');
    log.push(`${incoming.method} ${url.origin}${url.pathname}`);
    if (authentication) {
      outgoing.writeHead(407, { 'Proxy-Authenticate': 'Basic realm="Synthetic Trust"' }).end();
      return;
    }
    const onward = request(url, { method: incoming.method ?? 'GET', headers: incoming.headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  };
  const server = createServer(forward);
  server.on('connect', (incoming: IncomingMessage, client: Socket) => {
    log.push(`CONNECT ${incoming.url}`);
    if (authentication || tunnelTo === undefined) {
      client.end('HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="x"\r\n\r\n');
      return;
    }
    const onward = connect(tunnelTo, '127.0.0.1', () => client.write('HTTP/1.1 200 OK\r\n\r\n'));
    for (const socket of [client, onward]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
    }
    client.pipe(onward).pipe(client);
  });
  const port = await listenOnLoopback(server);
  return {
    port,
    log,
    close() {
      server.close();
      server.closeAllConnections();
      for (const socket of sockets) socket.destroy();
    },
  };
}
