/**
 * The keys that this site signs with: for the platform, and for Care Identity where the site has no shared secret.
 * `check` tells whether each can sign.
 */
import path from 'node:path';
import { app, safeStorage } from 'electron';
import { checkSigner, type KeyCheck } from '../identity/signers/check-signer.ts';
import { createSigner, type SignerDependencies } from '../identity/signers/create-signer.ts';
import { startElectronTokenProcess } from '../identity/signers/pkcs11/electron-token-process.ts';
import { createTokenProcesses } from '../identity/signers/pkcs11/token-processes.ts';
import type { Signer } from '../identity/signers/signer.ts';
import { createKeyStore, type KeyStore } from '../identity/signers/stored/key-store.ts';
import { createSecretStorage } from '../identity/signers/stored/secret-storage.ts';
import type { ClockSkew } from '../network/clock-skew.ts';
import type { Network } from '../network/network.ts';
import type { Environment } from '../settings/environment.ts';

export interface SiteSigners {
  readonly platform: Signer;
  /** `undefined` with `client_secret_post`. */
  readonly cis2: Signer | undefined;
  /** Lets each key sign once. Never throws. */
  check(): Promise<readonly SiteKeyCheck[]>;
  /** The result of the last check; `undefined` before the first has ended. */
  checked(): readonly SiteKeyCheck[] | undefined;
  close(): void;
}

export interface SiteKeyCheck extends KeyCheck {
  readonly use: 'platform' | 'care-identity';
  /** `current` signs now; `stand-in` signed before and signs where `current` cannot; `next` will sign after a rotation. */
  readonly role: 'current' | 'stand-in' | 'next';
}

export interface SiteSignersDependencies {
  readonly network: Network;
  readonly clockSkew: ClockSkew;
  readonly now: () => Date;
}

/** For the platform, and for Care Identity where it authenticates the viewer by a key. */
export function createSiteSigners(
  { cis2: { clientAuthentication }, platform, timeoutSeconds }: Environment,
  { network, clockSkew, now }: SiteSignersDependencies,
): SiteSigners {
  const timeoutMs = timeoutSeconds * 1_000;
  const tokens = createTokenProcesses(startElectronTokenProcess, timeoutMs);
  const dependencies: SignerDependencies = {
    network,
    timeoutMs,
    keyStore: openKeyStore(),
    openToken: tokens.openToken,
    now: () => new Date(now().getTime() + clockSkew.seconds() * 1_000),
  };
  const signers = {
    platform: createSigner(platform, dependencies),
    cis2:
      clientAuthentication.method === 'private_key_jwt'
        ? createSigner(clientAuthentication, dependencies)
        : undefined,
  };
  let checked: readonly SiteKeyCheck[] | undefined;

  async function checkUse(use: SiteKeyCheck['use'], signer: Signer | undefined) {
    if (signer === undefined) return [];
    const candidateIds = signer.candidates().map(({ kid }) => kid);
    return (await checkSigner(signer)).map((check) => ({
      ...check,
      use,
      role: roleOf(candidateIds.indexOf(check.kid)),
    }));
  }

  return {
    ...signers,
    async check() {
      checked = [
        ...(await checkUse('platform', signers.platform)),
        ...(await checkUse('care-identity', signers.cis2)),
      ];
      return checked;
    },
    checked: () => checked,
    close: tokens.close,
  };
}

function roleOf(index: number): SiteKeyCheck['role'] {
  if (index === -1) return 'next';
  return index === 0 ? 'current' : 'stand-in';
}

/** Opens the stored keys of this user. Call it only after the app is ready. */
export function openKeyStore(): KeyStore {
  return createKeyStore({
    folder: path.join(app.getPath('userData'), 'signing-keys'),
    storage: createSecretStorage(safeStorage, process.platform),
    now: () => new Date(),
  });
}
