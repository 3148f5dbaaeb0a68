import type { SignerSettings, SignersSettings } from '../../settings/environment.ts';
import { createDevelopmentKey } from './development-key.ts';
import { createPkcs11Key, type OpenToken } from './pkcs11/pkcs11-key.ts';
import { createRemoteKey, type RemoteKeyDependencies } from './remote-key.ts';
import { createRotatingSigner } from './rotation.ts';
import type { Signer, SigningKey } from './signer.ts';
import type { KeyStore } from './stored/key-store.ts';
import { createStoredKey } from './stored/stored-key.ts';

export interface SignerDependencies extends RemoteKeyDependencies {
  readonly keyStore: Pick<KeyStore, 'open'>;
  readonly openToken: OpenToken;
  /** By the services' clock. */
  readonly now: () => Date;
}

/** Makes the signer that the environment names, with its next key. Opens no key and reads no file yet. */
export function createSigner(
  { signer, nextSigner }: SignersSettings,
  dependencies: SignerDependencies,
): Signer {
  const next = nextSigner && { key: createKey(nextSigner.signer, dependencies), from: nextSigner.from };
  return createRotatingSigner(createKey(signer, dependencies), next, dependencies.now);
}

function createKey(settings: SignerSettings, dependencies: SignerDependencies): SigningKey {
  switch (settings.kind) {
    case 'development':
      return createDevelopmentKey(settings);
    case 'stored':
      return createStoredKey(settings, dependencies.keyStore);
    case 'pkcs11':
      return createPkcs11Key(settings, dependencies.openToken);
    case 'remote':
      return createRemoteKey(settings, dependencies);
  }
}
