import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import { listenOnLoopback } from './loopback.ts';
import { challengeText, isRight, type ProxyChallenge } from './proxy-challenge.ts';

export interface ForwardProxy {
  readonly port: number;
  /** The requests: `GET http://host:port/path` without the query, or `CONNECT host:port`. */
  readonly log: readonly string[];
  /** The same, each with its log-in. */
  readonly visits: readonly Visit[];
  /** Demands another log-in from now on. */
  demand(challenge: ProxyChallenge): void;
  close(): void;
}

export interface Visit {
  readonly asked: string;
  readonly logIn: 'none' | 'right' | 'wrong';
}

export interface ForwardProxyOptions {
  /** The log-in that it accepts. Requests with another one, or with none, get 407. */
  readonly challenge?: ProxyChallenge;
  /** The loopback port for every `CONNECT` to a name, since names of a test do not resolve. */
  readonly tunnelTo?: number;
  /** The end of a path that this proxy answers with a server's 401. */
  readonly unauthorised?: string;
}

/** A forward proxy on loopback: it forwards plain requests, tunnels TLS, and keeps a log. */
export async function openForwardProxy({
  challenge,
  tunnelTo,
  unauthorised,
}: ForwardProxyOptions = {}): Promise<ForwardProxy> {
  let demanded = challenge;
  const visits: Visit[] = [];
  const sockets = new Set<Socket>();

  /** Records the visit. Returns the challenge for a 407, or nothing where the log-in is right. */
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
      // The next try comes over the same connection, from which Node has detached its parser.
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
