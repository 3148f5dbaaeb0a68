import { readSecret, readSecretLines } from '../../settings/secret-file.ts';
import { type KeysCommand, keysUsage } from './keys-command-line.ts';
import type { PublicJwks } from './public-jwks.ts';
import { SigningKeyUnavailable } from './signer.ts';
import type { KeptKey, KeyStore } from './stored/key-store.ts';
import { readPrivateKey } from './stored/private-key.ts';
import type { SecretStorage } from './stored/secret-storage.ts';

export interface KeysCommandDependencies {
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
  readonly store: KeyStore;
  readonly storage: Pick<SecretStorage, 'problem'>;
  /** The public keys of the environment's signers. Rejects with `SigningKeyUnavailable`. */
  readonly publish: () => Promise<PublicJwks>;
}

/** 0: done. 1: refused, with nothing changed. 2: the command was not understood. */
export type KeysExitCode = 0 | 1 | 2;

const advisedModulusLength = 4096;

/** Runs `cpis-viewer keys …` and prints the result. */
export async function runKeysCommand(
  command: KeysCommand,
  dependencies: KeysCommandDependencies,
): Promise<KeysExitCode> {
  const { out, error, store } = dependencies;
  switch (command.kind) {
    case 'not-understood':
      error(`${command.problem}\n${keysUsage}`);
      return 2;
    case 'import':
      return importKey(command, dependencies);
    case 'list': {
      const keys = await store.list();
      out(keys.length === 0 ? 'No key is stored for this user.\n' : keys.map(describe).join(''));
      return 0;
    }
    case 'remove': {
      if ((await store.remove(command.name)) === 'not-found') {
        error(`No key "${command.name}" is stored for this user.\n`);
        return 1;
      }
      out(`Removed the key "${command.name}". Copies in backups of this profile remain.\n`);
      return 0;
    }
    case 'publish':
      return publishKeys(dependencies);
  }
}

async function importKey(
  { name, file, passphraseFile }: Extract<KeysCommand, { kind: 'import' }>,
  { out, error, store, storage }: KeysCommandDependencies,
): Promise<KeysExitCode> {
  const refuse = (problem: string): 1 => {
    error(`Nothing was stored: ${problem}.\n`);
    return 1;
  };
  const problem = await storage.problem();
  if (problem !== undefined) return refuse(problem);
  const pem = await readSecretLines(file);
  if (pem.kind === 'unusable') return refuse(`the key file ${pem.problem}`);
  const passphrase = passphraseFile === undefined ? undefined : await readSecret(passphraseFile);
  if (passphrase?.kind === 'unusable') return refuse(`the passphrase file ${passphrase.problem}`);
  const read = readPrivateKey(pem.lines.join('\n'), passphrase?.secret);
  if (read.kind === 'refused') return refuse(`the key file ${read.problem}`);
  const saved = await store.save(name, read.key).catch(() => 'failed' as const);
  if (saved === 'failed') return refuse('the data folder of this user cannot be written');
  if (saved === 'name-taken') return refuse(`a key "${name}" is stored already; remove it first`);
  // Opened at once, so that the administrator finds a key that cannot be opened, and not a clinician.
  const opens = await store.open(name).then(
    () => true,
    () => false,
  );
  if (!opens) {
    await store.remove(name);
    return refuse('the system does not give back what it encrypted');
  }
  out(
    [
      `Stored the key "${name}": RSA, ${read.bits} bits, for this user of this computer alone.`,
      ...(read.bits < advisedModulusLength
        ? [`${advisedModulusLength} bits are advised for a new key.`]
        : []),
      'Left to do:',
      `  - name it in the environment: "signer": { "kind": "stored", "kid": "…", "name": "${name}" }`,
      '  - publish its public half: cpis-viewer keys publish',
      '  - destroy the key file, or lock it away: this command did not touch it.',
      '',
    ].join('\n'),
  );
  return 0;
}

async function publishKeys({ out, error, publish }: KeysCommandDependencies): Promise<KeysExitCode> {
  try {
    out(`${JSON.stringify(await publish(), undefined, 2)}\n`);
    return 0;
  } catch (failure) {
    if (!(failure instanceof SigningKeyUnavailable)) throw failure;
    error(`The public keys cannot be read: ${failure.message}.\n`);
    return 1;
  }
}

function describe(key: KeptKey): string {
  return key.state === 'damaged'
    ? `${key.name}  DAMAGED: remove it and import it again\n`
    : `${key.name}  RSA ${key.bits}  thumbprint ${key.thumbprint}  since ${key.keptSince}\n`;
}
