/**
 * A key service on loopback that signs as the Transit engine of Vault and OpenBao does, and checks each request as
 * strictly. A test can make it slow or give its answers.
 */
import { constants, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { serveOnLoopback } from './loopback.ts';

export const transitToken = 'hvs.CAESIJ-synthetic';

export interface TransitServer {
  readonly baseUrl: string;
  /** `POST /v1/transit/sign/site/sha2-512`, in order. */
  readonly requests: readonly string[];
  /** Answers every further request, until it is `undefined`. One that does nothing leaves the caller waiting. */
  answer: ((response: ServerResponse) => void) | undefined;
  /** Before each answer. */
  delayMs: number;
  /** Whether the token may read public keys. */
  mayReadKey: boolean;
  stop(): Promise<void>;
}

interface SignBody {
  readonly input: string;
  readonly signature_algorithm: string;
  readonly key_version?: number;
}

/** Private keys by name, each in all its versions, the first first. */
type Keys = ReadonlyMap<string, readonly KeyObject[]>;

/** Without `keys`, its one key `site` has two versions. */
export async function startTransitServer(keys: Keys = createKeys()): Promise<TransitServer> {
  const requests: string[] = [];

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    requests.push(`${request.method} ${request.url}`);
    const body = await text(request);
    await delay(transit.delayMs);
    if (transit.answer !== undefined) return transit.answer(response);
    if (request.headers['x-vault-token'] !== transitToken || request.headers['x-vault-request'] !== 'true') {
      return send(response, 403, { errors: ['permission denied'] });
    }
    const [, action, name = '', hash] =
      /^\/v1\/transit\/(sign|keys)\/([\w-]+)(?:\/(sha2-256|sha2-512))?$/.exec(request.url ?? '') ?? [];
    const versions = keys.get(name);
    if (versions !== undefined && request.method === 'POST' && action === 'sign' && hash !== undefined) {
      return send(response, ...signed(versions, JSON.parse(body) as SignBody, hash));
    }
    if (versions !== undefined && request.method === 'GET' && action === 'keys' && transit.mayReadKey) {
      const data = { type: 'rsa-2048', latest_version: versions.length, keys: publicKeys(versions) };
      return send(response, 200, { data });
    }
    return send(response, transit.mayReadKey ? 404 : 403, { errors: [] });
  }

  const { origin, close } = await serveOnLoopback((request, response) => {
    // Reading fails when the caller ends the connection.
    handle(request, response).catch(() => response.destroy());
  });
  const transit: TransitServer = {
    baseUrl: origin,
    requests,
    answer: undefined,
    delayMs: 0,
    mayReadKey: true,
    stop: close,
  };
  return transit;
}

function createKeys(): Keys {
  return new Map([
    ['site', [1, 2].map(() => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey)],
  ]);
}

function signed(
  versions: readonly KeyObject[],
  { input, signature_algorithm, key_version = versions.length }: SignBody,
  hash: string,
): [number, object] {
  const key = versions[key_version - 1];
  if (key === undefined) return [400, { errors: ['signing key version not found'] }];
  if (signature_algorithm !== 'pkcs1v15') return [400, { errors: ['only pkcs1v15 here'] }];
  const signature = sign(hash === 'sha2-512' ? 'RSA-SHA512' : 'RSA-SHA256', Buffer.from(input, 'base64'), {
    key,
    padding: constants.RSA_PKCS1_PADDING,
  });
  return [200, { data: { signature: `vault:v${key_version}:${signature.toString('base64')}`, key_version } }];
}

function publicKeys(versions: readonly KeyObject[]) {
  return Object.fromEntries(
    versions.map((key, index) => [
      index + 1,
      { name: 'rsa-2048', public_key: createPublicKey(key).export({ type: 'spki', format: 'pem' }) },
    ]),
  );
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
}
