import { createPublicKey, type KeyObject } from 'node:crypto';
import * as v from 'valibot';
import type { ApiRequest } from '../../network/api-response.ts';
import { readJson } from '../../network/body.ts';
import type { Network } from '../../network/network.ts';
import type { SignerSettings } from '../../settings/environment.ts';
import { readSecret } from '../../settings/secret-file.ts';
import { publicRsaKey } from './rsa-key.ts';
import { type SigningKey, SigningKeyUnavailable } from './signer.ts';

export interface RemoteKeyDependencies {
  readonly network: Pick<Network, 'request'>;
  readonly timeoutMs: number;
}

const hashes = { RS256: 'sha2-256', RS512: 'sha2-512' } as const;

/** A signature is `vault:v1:` and standard base64; OpenBao uses the same prefix. */
const signResponse = v.object({
  data: v.object({ signature: v.pipe(v.string(), v.regex(/^vault:v\d+:[A-Za-z0-9+/]+={0,2}$/)) }),
});

const keyResponse = v.object({
  data: v.object({ keys: v.record(v.string(), v.looseObject({ public_key: v.string() })) }),
});

/** The characters of a token that a header may contain. */
const tokenShape = /^[\x21-\x7e]{1,8192}$/;

/**
 * A key in a key-management service, used over HTTPS with the API of the Transit engine of Vault and OpenBao. No
 * workstation has the key. The workstation has a token that may request a signature; the token file is read each time,
 * because an agent of the site renews it.
 * Source: HashiCorp Vault and OpenBao, API of the Transit secrets engine, "Sign data" and "Read key".
 */
export function createRemoteKey(
  settings: Extract<SignerSettings, { kind: 'remote' }>,
  { network, timeoutMs }: RemoteKeyDependencies,
): SigningKey {
  const base = `${settings.baseUrl.replace(/\/+$/, '')}/v1/${settings.mount}`;

  async function send(method: ApiRequest['method'], path: string, body?: string): Promise<unknown> {
    const token = await readToken(settings.tokenFile);
    const response = await network.request({
      method,
      url: new URL(`${base}/${path}`),
      headers: {
        Accept: 'application/json',
        'X-Vault-Token': token,
        // Vault's guard against server-side request forgery.
        'X-Vault-Request': 'true',
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body }),
      timeoutMs,
    });
    if (response.kind === 'failed') fail(`${response.fault} (${response.detail})`);
    if (response.status !== 200) fail(`HTTP ${response.status}${describeStatus(response.status)}`);
    return readJson(response.body) ?? fail('its answer is not JSON');
  }

  return {
    kid: settings.kid,
    kind: 'remote',
    async signBytes(data, algorithm) {
      const body = JSON.stringify({
        input: Buffer.from(data).toString('base64'),
        signature_algorithm: 'pkcs1v15',
        key_version: settings.keyVersion,
      });
      const response = await send('POST', `sign/${settings.key}/${hashes[algorithm]}`, body);
      const parsed = v.safeParse(signResponse, response);
      if (!parsed.success) fail('its answer holds no signature');
      const [, version = '', signature = ''] = parsed.output.data.signature.split(':');
      if (version !== `v${settings.keyVersion}`) fail('it signed with another version of the key');
      return Buffer.from(signature, 'base64');
    },
    async publicKey() {
      const parsed = v.safeParse(keyResponse, await send('GET', `keys/${settings.key}`));
      const pem = parsed.success ? parsed.output.data.keys[settings.keyVersion]?.public_key : undefined;
      if (pem === undefined) fail('it does not tell the public key of this version');
      const key = publicRsaKey(readPublicKey(pem));
      return key ?? fail('the key is not an RSA key');
    },
  };
}

async function readToken(file: string): Promise<string> {
  const read = await readSecret(file);
  if (read.kind === 'unusable') return fail(`its token file ${read.problem}`);
  return tokenShape.test(read.secret) ? read.secret : fail('its token file holds no token');
}

function readPublicKey(pem: string): KeyObject {
  try {
    return createPublicKey(pem);
  } catch {
    return fail('its public key cannot be read');
  }
}

/** Source: HashiCorp Vault, "HTTP API", HTTP status codes. */
function describeStatus(status: number): string {
  switch (status) {
    case 403:
      return ': its token is not valid, or may not do this';
    case 404:
      return ': it has no such key, or its token may not see it';
    case 503:
      return ': it is sealed or under maintenance';
    default:
      return '';
  }
}

function fail(reason: string): never {
  throw new SigningKeyUnavailable(`remote signer: ${reason}`);
}
