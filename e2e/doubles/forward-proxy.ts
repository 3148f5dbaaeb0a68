import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import { listenOnLoopback } from './loopback-port.ts';
import { challengeText, isRight, type ProxyChallenge } from './proxy-challenge.ts';

export interface ForwardProxy {
  readonly port: number;
  /** What it was asked for: `GET http://host:port/path` without the query, or `CONNECT host:port`. */
  readonly log: readonly string[];
  /** The same, with the log-in that it came with. */
  readonly visits: readonly Visit[];
  /** Asks for another log-in from now on. */
  demand(challenge: ProxyChallenge): void;
  close(): void;
}

export interface Visit {
  readonly asked: string;
  readonly logIn: 'none' | 'right' | 'wrong';
}

export interface ForwardProxyOptions {
  /** Whom it lets through; everybody else gets 407. */
  readonly challenge?: ProxyChallenge;
  /** Where a `CONNECT` to a name leads: names of a test do not resolve. One to this computer leads where it says. */
  readonly tunnelTo?: number;
  /** A path of the services behind it that, with this proxy in between, asks for a log-in itself (401). */
  readonly unauthorised?: string;
}

/** A proxy as a trust has one, on loopback: it forwards plain requests, tunnels TLS, and keeps a log. */
export async function openForwardProxy({
  challenge,
  tunnelTo,
  unauthorised,
}: ForwardProxyOptions = {}): Promise<ForwardProxy> {
  let demanded = challenge;
  const visits: Visit[] = [];
  const sockets = new Set<Socket>();

  /** Writes the visit down; the challenge to answer with, if it is not let through. */
  function receive(asked: string, { method = '', headers }: IncomingMessage): string | undefined {
    const header = headers['proxy-authorization'];
    const logIn = header === undefined ? 'none' : isLetThrough(method, header) ? 'right' : 'wrong';
    visits.push({ asked, logIn });
    return demanded === undefined || logIn === 'right' ? undefined : challengeText(demanded);
  }
  function isLetThrough(method: string, header: string): boolean {
    return demanded !== undefined && isRight(demanded, method, header);
  }

  const server = createServer((incoming: IncomingMessage, outgoing: ServerResponse) => {
    const url = new URL(incoming.url ?? '');
    const question = receive(`${incoming.method} ${url.origin}${url.pathname}`, incoming);
    if (question !== undefined) {
      outgoing.writeHead(407, { 'Proxy-Authenticate': question }).end();
      return;
    }
    if (unauthorised !== undefined && url.pathname.endsWith(unauthorised)) {
      visits.push({ asked: `401 ${url.pathname}`, logIn: incoming.headers.authorization ? 'wrong' : 'none' });
      outgoing.writeHead(401, { 'WWW-Authenticate': 'Basic realm="service"' }).end();
      return;
    }
    const { 'proxy-authorization': _ours, ...headers } = incoming.headers;
    const onward = request(url, { method: incoming.method ?? 'GET', headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  });
  server.on('connect', (incoming: IncomingMessage, client: Socket) => {
    const question = receive(`CONNECT ${incoming.url}`, incoming);
    const { hostname, port } = new URL(`http://${incoming.url}`);
    const to = hostname === '127.0.0.1' ? Number(port) : tunnelTo;
    if (question !== undefined) {
      client.write(
        `HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: ${question}\r\nContent-Length: 0\r\n\r\n`,
      );
      // The next try comes over the same connection: Node has let go of it, and takes it up again.
      server.emit('connection', client);
      return;
    }
    if (to === undefined) {
      client.end('HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    const onward = connect(to, '127.0.0.1', () => client.write('HTTP/1.1 200 OK\r\n\r\n'));
    for (const [socket, other] of [
      [client, onward],
      [onward, client],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      // A connection that breaks on one side breaks on the other.
      socket.on('close', () => other.destroy());
    }
    client.pipe(onward).pipe(client);
  });
  const port = await listenOnLoopback(server);
  return {
    port,
    visits,
    get log() {
      return visits.map(({ asked }) => asked);
    },
    demand(next) {
      demanded = next;
    },
    close() {
      server.close();
      server.closeAllConnections();
      for (const socket of sockets) socket.destroy();
    },
  };
}
