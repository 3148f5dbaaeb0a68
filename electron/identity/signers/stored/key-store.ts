import { createHash, createPrivateKey, type KeyObject } from 'node:crypto';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as v from 'valibot';
import { fileErrorCode } from '../../../files/read-file.ts';
import { readJsonFile } from '../../../files/read-json-file.ts';
import { keyName } from '../../../settings/key-name.ts';
import { modulusLength, publicRsaKey } from '../rsa-key.ts';
import type { PublicRsaKey } from '../signer.ts';
import type { SecretStorage } from './secret-storage.ts';

export interface KeyStore {
  save(name: string, key: KeyObject): Promise<'saved' | 'name-taken'>;
  list(): Promise<readonly KeptKey[]>;
  remove(name: string): Promise<'removed' | 'not-found'>;
  /** Throws `KeyStoreFault`. */
  open(name: string): Promise<KeyObject>;
}

export type KeptKey =
  | {
      readonly name: string;
      readonly state: 'kept';
      readonly bits: number;
      readonly thumbprint: string;
      readonly keptSince: string;
    }
  | { readonly name: string; readonly state: 'damaged' };

/** The message continues the sentence "The stored key …". */
export class KeyStoreFault extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'KeyStoreFault';
  }
}

export interface KeyStoreDependencies {
  readonly folder: string;
  readonly storage: SecretStorage;
  readonly now: () => Date;
}

const keyFile = v.object({
  version: v.literal(1),
  keptSince: v.pipe(v.string(), v.isoTimestamp()),
  publicKey: v.object({ kty: v.literal('RSA'), n: v.string(), e: v.string() }),
  sealed: v.pipe(v.string(), v.base64()),
});

const extension = '.json';

/**
 * The keys that an administrator imported: one file for each key in the user's own data folder, readable by that user
 * alone. The system encrypts the private key; the public key is in plain text, so that a list needs no secret.
 */
export function createKeyStore({ folder, storage, now }: KeyStoreDependencies): KeyStore {
  const fileOf = (name: string) => path.join(folder, `${v.parse(keyName, name)}${extension}`);

  async function read(name: string): Promise<v.InferOutput<typeof keyFile>> {
    const read = await readJsonFile(fileOf(name));
    if (read.kind === 'missing') throw new KeyStoreFault('was never brought in for this user');
    if (read.kind === 'unreadable' && read.code !== undefined) throw new KeyStoreFault(read.problem);
    const parsed = v.safeParse(keyFile, read.kind === 'read' ? read.value : undefined);
    if (!parsed.success) throw new KeyStoreFault('is damaged');
    return parsed.output;
  }

  async function describe(name: string): Promise<KeptKey> {
    try {
      const { publicKey, keptSince } = await read(name);
      return {
        name,
        state: 'kept',
        bits: modulusLength(publicKey),
        thumbprint: thumbprint(publicKey),
        keptSince,
      };
    } catch {
      return { name, state: 'damaged' };
    }
  }

  return {
    async save(name, key) {
      const publicKey: PublicRsaKey | undefined = publicRsaKey(key);
      const encrypted = await storage.encrypt(key.export({ type: 'pkcs8', format: 'pem' }).toString());
      const content = {
        version: 1,
        keptSince: now().toISOString(),
        publicKey,
        sealed: encrypted.toString('base64'),
      };
      await mkdir(folder, { recursive: true, mode: 0o700 });
      try {
        // `wx` never replaces a stored key.
        await writeFile(fileOf(name), JSON.stringify(content), { mode: 0o600, flag: 'wx', flush: true });
        return 'saved';
      } catch (error) {
        if (fileErrorCode(error) === 'EEXIST') return 'name-taken';
        await rm(fileOf(name), { force: true });
        throw error;
      }
    },
    async list() {
      const files = await readdir(folder).catch(() => []);
      const names = files
        .filter((file) => path.extname(file) === extension)
        .map((file) => path.basename(file, extension))
        .filter((name) => v.is(keyName, name));
      return Promise.all(names.sort().map(describe));
    },
    async remove(name) {
      try {
        await rm(fileOf(name));
        return 'removed';
      } catch (error) {
        if (fileErrorCode(error) === 'ENOENT') return 'not-found';
        throw error;
      }
    },
    async open(name) {
      const { sealed } = await read(name);
      const problem = await storage.problem();
      if (problem !== undefined) throw new KeyStoreFault(`cannot be opened: ${problem}`);
      try {
        return createPrivateKey(await storage.decrypt(Buffer.from(sealed, 'base64')));
      } catch {
        throw new KeyStoreFault('cannot be opened: it was sealed for another user or another computer');
      }
    },
  };
}

/** The JWK thumbprint of a public key. Source: RFC 7638, section 3. */
function thumbprint({ e, kty, n }: PublicRsaKey): string {
  return createHash('sha256').update(JSON.stringify({ e, kty, n })).digest('base64url');
}
