/**
 * For tests: a key service on loopback that signs as the Transit engine of Vault and OpenBao does, checks what it is
 * asked for as strictly, and can be told to fail.
 */
import { constants, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export const transitToken = 'hvs.CAESIJ-synthetic';

export interface TransitServer {
  readonly baseUrl: string;
  /** `POST /v1/transit/sign/site/sha2-512`, in order. */
  readonly requests: readonly string[];
  /** Answers every further request so, until `undefined`. */
  answer: ((response: ServerResponse) => void) | undefined;
  /** What the token may do. */
  mayReadKey: boolean;
  stop(): Promise<void>;
}

interface SignBody {
  readonly input: string;
  readonly signature_algorithm: string;
  readonly key_version: number;
}

/** Its key `site` has two versions. */
export async function startTransitServer(): Promise<TransitServer> {
  const keys = [1, 2].map(() => generateKeyPairSync('rsa', { modulusLength: 2048 }));
  const requests: string[] = [];
  const server = createServer((request, response) => void handle(request, response));

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    requests.push(`${request.method} ${request.url}`);
    const body = await text(request);
    if (transit.answer !== undefined) return transit.answer(response);
    if (request.headers['x-vault-token'] !== transitToken || request.headers['x-vault-request'] !== 'true') {
      return send(response, 403, { errors: ['permission denied'] });
    }
    const signing = /^\/v1\/transit\/sign\/site\/(sha2-256|sha2-512)$/.exec(request.url ?? '');
    if (request.method === 'POST' && signing?.[1] !== undefined) {
      return send(response, ...signed(keys, JSON.parse(body) as SignBody, signing[1]));
    }
    if (request.method === 'GET' && request.url === '/v1/transit/keys/site' && transit.mayReadKey) {
      return send(response, 200, { data: { type: 'rsa-2048', latest_version: 2, keys: publicKeys(keys) } });
    }
    return send(response, transit.mayReadKey ? 404 : 403, { errors: [] });
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const transit: TransitServer = {
    baseUrl: `http://127.0.0.1:${port}`,
    requests,
    answer: undefined,
    mayReadKey: true,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return transit;
}

function signed(
  keys: readonly { readonly privateKey: KeyObject }[],
  { input, signature_algorithm, key_version }: SignBody,
  hash: string,
): [number, object] {
  const key = keys[key_version - 1]?.privateKey;
  if (key === undefined) return [400, { errors: ['signing key version not found'] }];
  if (signature_algorithm !== 'pkcs1v15') return [400, { errors: ['only pkcs1v15 here'] }];
  const signature = sign(hash === 'sha2-512' ? 'RSA-SHA512' : 'RSA-SHA256', Buffer.from(input, 'base64'), {
    key,
    padding: constants.RSA_PKCS1_PADDING,
  });
  return [200, { data: { signature: `vault:v${key_version}:${signature.toString('base64')}`, key_version } }];
}

function publicKeys(keys: readonly { readonly publicKey: KeyObject }[]) {
  return Object.fromEntries(
    keys.map(({ publicKey }, index) => [
      index + 1,
      { name: 'rsa-2048', public_key: publicKey.export({ type: 'spki', format: 'pem' }) },
    ]),
  );
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
}
