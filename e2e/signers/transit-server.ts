/** A key service on loopback that signs as the Transit engine of Vault and OpenBao does. */
import { createPublicKey, type KeyObject, sign } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';

const slowMs = 1_500;

export interface TransitServer {
  readonly baseUrl: string;
  /** `POST /v1/transit/sign/platform/sha2-512`, in order. */
  readonly requests: readonly string[];
  /** How it answers from now on: at once, after a while, or not at all. */
  pace: 'at-once' | 'slow' | 'never';
  stop(): Promise<void>;
}

/** Knows each key in its first version. */
export async function startTransitServer(
  token: string,
  keys: ReadonlyMap<string, KeyObject>,
): Promise<TransitServer> {
  const requests: string[] = [];

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    requests.push(`${request.method} ${request.url}`);
    if (transit.pace === 'never') return;
    if (transit.pace === 'slow') await delay(slowMs);
    const body = await text(request);
    const send = (status: number, answer: object) =>
      void response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(answer));
    if (request.headers['x-vault-token'] !== token) return send(403, { errors: ['permission denied'] });
    const [, action, name = '', hash] =
      /^\/v1\/transit\/(sign|keys)\/([\w-]+)(?:\/sha2-(256|512))?$/.exec(request.url ?? '') ?? [];
    const key = keys.get(name);
    if (key === undefined) return send(404, { errors: [] });
    if (action === 'keys') {
      const public_key = createPublicKey(key).export({ type: 'spki', format: 'pem' });
      return send(200, { data: { keys: { 1: { public_key } } } });
    }
    const { input, signature_algorithm } = JSON.parse(body) as { input: string; signature_algorithm: string };
    if (signature_algorithm !== 'pkcs1v15') return send(400, { errors: ['only pkcs1v15 here'] });
    const signature = sign(`RSA-SHA${hash}`, Buffer.from(input, 'base64'), key).toString('base64');
    return send(200, { data: { signature: `vault:v1:${signature}`, key_version: 1 } });
  }

  // A request whose caller has gone is broken off in the middle.
  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const transit: TransitServer = {
    baseUrl: `http://127.0.0.1:${port}`,
    requests,
    pace: 'at-once',
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return transit;
}
