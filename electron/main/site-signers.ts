/**
 * The keys that this site signs with: for the platform, and for Care Identity where the site has no shared secret.
 * `check` tells whether each can sign.
 */
import path from 'node:path';
import { app, safeStorage } from 'electron';
import { checkKeys, type KeyCheck } from '../identity/signers/check-keys.ts';
import { createSigner, type SignerDependencies } from '../identity/signers/create-signer.ts';
import { startElectronTokenProcess } from '../identity/signers/pkcs11/electron-token-process.ts';
import { createTokenProcesses } from '../identity/signers/pkcs11/token-processes.ts';
import type { Signer, SigningKey } from '../identity/signers/signer.ts';
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
  /**
   * Lets the keys in tokens and key services that a sign-in may use sign once more, so that service and token are ready for it.
   * Keys in files are left out: they are ready, and would be decrypted once more. Does nothing while a check runs. Resolves with
   * the results that have changed. Never throws.
   */
  checkAgain(): Promise<readonly SiteKeyCheck[]>;
  /** The result of the last check of each key; `undefined` before the first check has ended. */
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
  let isChecking = false;

  async function checkUse(
    use: SiteKeyCheck['use'],
    signer: Signer | undefined,
    keysOf: (signer: Signer) => readonly SigningKey[],
  ) {
    if (signer === undefined) return [];
    const candidateIds = signer.candidates().map(({ kid }) => kid);
    return (await checkKeys(keysOf(signer))).map((check) => ({
      ...check,
      use,
      role: roleOf(candidateIds.indexOf(check.kid)),
    }));
  }

  async function checkBoth(
    keysOf: (signer: Signer) => readonly SigningKey[],
  ): Promise<readonly SiteKeyCheck[]> {
    isChecking = true;
    const checks = [
      ...(await checkUse('platform', signers.platform, keysOf)),
      ...(await checkUse('care-identity', signers.cis2, keysOf)),
    ];
    isChecking = false;
    return checks;
  }

  return {
    ...signers,
    async check() {
      checked = await checkBoth(({ all }) => all);
      return checked;
    },
    async checkAgain() {
      const before = checked;
      if (before === undefined || isChecking) return [];
      const checks = await checkBoth((signer) => signer.candidates().filter(isElsewhere));
      const latestOf = (former: SiteKeyCheck) => checks.find((check) => isSameKey(check, former)) ?? former;
      checked = before.map(latestOf);
      return checked.filter((check, index) => !isSameResult(check, before[index]));
    },
    checked: () => checked,
    close: tokens.close,
  };
}

function isElsewhere({ kind }: SigningKey): boolean {
  return kind === 'remote' || kind === 'pkcs11';
}

function isSameKey(one: SiteKeyCheck, other: SiteKeyCheck): boolean {
  return one.use === other.use && one.kid === other.kid;
}

function isSameResult(one: SiteKeyCheck, other: SiteKeyCheck | undefined): boolean {
  return one.result === other?.result && one.reason === other.reason;
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
