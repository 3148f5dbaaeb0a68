/**
 * Uses a token (smartcard, HSM, TPM 2, SoftHSM) through its PKCS #11 library: finds the key by its label, logs in with the
 * PIN and has the token sign. The code never requests the private key itself.
 * Source: OASIS, "PKCS #11 Cryptographic Token Interface Base Specification" 2.40 and its "Current Mechanisms".
 */
import { createHash } from 'node:crypto';
import type * as Pkcs11 from 'pkcs11js';
import { readSecret } from '../../../settings/secret-file.ts';
import { rsaKeyOf } from '../rsa-key.ts';
import type { PublicRsaKey, SigningAlgorithm } from '../signer.ts';
import { digestInfo } from './digest-info.ts';
import { namedError, TokenFault } from './token-fault.ts';

/** A key in a token, and the file with the token's PIN. */
export interface TokenKey {
  readonly tokenLabel: string;
  readonly keyLabel: string;
  readonly pinFile: string;
}

/** The PIN's history, kept by the main process, because this process may end before the viewer. */
export interface PinHistory {
  /** Digest of a PIN that this token has not accepted. */
  readonly failedPin?: string | undefined;
  /** Called with the PIN's digest before the PIN is tried. */
  readonly onTrial?: (pin: string) => void;
}

export interface TokenLibrary {
  /** Throws `TokenFault`. */
  sign(
    key: TokenKey,
    data: Uint8Array,
    algorithm: SigningAlgorithm,
    history?: PinHistory,
  ): Promise<Uint8Array>;
  /** Throws `TokenFault`. */
  publicKey(key: TokenKey, history?: PinHistory): Promise<PublicRsaKey>;
  close(): void;
}

interface OpenKey {
  readonly session: Pkcs11.Handle;
  readonly slot: Pkcs11.Handle;
  readonly key: Pkcs11.Handle;
  readonly publicKey: PublicRsaKey;
  readonly mechanisms: ReadonlySet<number>;
  /** Each signature needs the PIN: CKA_ALWAYS_AUTHENTICATE, as for the signing key of a PIV card. */
  readonly pinEachTime: boolean;
}

/** Throws `TokenFault` when the library cannot be loaded. */
export async function loadTokenLibrary(file: string): Promise<TokenLibrary> {
  const { default: pkcs11 } = await import('pkcs11js').catch(() => {
    throw new TokenFault('this installation came without its PKCS #11 part');
  });
  const module = new pkcs11.PKCS11();
  try {
    module.load(file);
    module.C_Initialize();
  } catch (error) {
    throw new TokenFault(`the PKCS #11 library cannot be loaded (${namedError(error)})`);
  }

  const openKeys = new Map<string, OpenKey>();
  /**
   * By token, the digest of a PIN that it has refused: a second attempt would bring the token nearer to locking itself.
   * Needed beside `failedPin`, because calls that wait in the queue were sent before the first refusal.
   */
  const refusedPins = new Map<string, string>();
  let queue: Promise<unknown> = Promise.resolve();

  function findSlot(label: string): Pkcs11.Handle {
    const slots = module.C_GetSlotList(true).filter((slot) => labelOf(slot) === label);
    const [slot] = slots;
    if (slot === undefined) throw new TokenFault(`no token is labelled "${label}"`);
    if (slots.length > 1) throw new TokenFault(`more than one token is labelled "${label}"`);
    return slot;
  }

  function labelOf(slot: Pkcs11.Handle): string | undefined {
    try {
      return module.C_GetTokenInfo(slot).label.trimEnd();
    } catch {
      return undefined; // The token is being removed, or this library cannot read it.
    }
  }

  async function logIn(
    session: Pkcs11.Handle,
    slot: Pkcs11.Handle,
    key: TokenKey,
    history: PinHistory,
  ): Promise<void> {
    const { flags } = module.C_GetTokenInfo(slot);
    if ((flags & pkcs11.CKF_LOGIN_REQUIRED) === 0) return;
    if ((flags & pkcs11.CKF_USER_PIN_LOCKED) !== 0) throw new TokenFault('the token has locked its PIN');
    if ((flags & pkcs11.CKF_USER_PIN_FINAL_TRY) !== 0) {
      throw new TokenFault('the token has one PIN try left, which is not used up here');
    }
    await tryPin(key, history, (pin) => module.C_Login(session, pkcs11.CKU_USER, pin));
  }

  async function tryPin(
    key: TokenKey,
    { failedPin, onTrial }: PinHistory,
    use: (pin: string) => void,
  ): Promise<void> {
    const pin = await readPin(key.pinFile);
    const digest = createHash('sha256').update(pin).digest('base64url');
    if (failedPin === digest || refusedPins.get(key.tokenLabel) === digest) {
      throw new TokenFault('the token has been given this PIN before and has not taken it', {
        pinRefused: true,
      });
    }
    onTrial?.(digest);
    try {
      use(pin);
    } catch (error) {
      const code = codeOf(error);
      if (code === pkcs11.CKR_USER_ALREADY_LOGGED_IN) return;
      if (code === pkcs11.CKR_PIN_INCORRECT) {
        refusedPins.set(key.tokenLabel, digest);
        throw new TokenFault('the token refuses the PIN', { pinRefused: true });
      }
      throw error;
    }
  }

  function findKey(session: Pkcs11.Handle, label: string): Pkcs11.Handle {
    module.C_FindObjectsInit(session, [
      { type: pkcs11.CKA_CLASS, value: pkcs11.CKO_PRIVATE_KEY },
      { type: pkcs11.CKA_KEY_TYPE, value: pkcs11.CKK_RSA },
      { type: pkcs11.CKA_LABEL, value: label },
    ]);
    const found: Pkcs11.Handle[] = module.C_FindObjects(session, 2);
    module.C_FindObjectsFinal(session);
    const [key] = found;
    if (key === undefined) throw new TokenFault(`the token has no RSA key labelled "${label}"`);
    if (found.length > 1) throw new TokenFault(`the token has more than one key labelled "${label}"`);
    return key;
  }

  function readPublicKey(session: Pkcs11.Handle, key: Pkcs11.Handle): PublicRsaKey {
    // The private key object has both attributes too, and neither is sensitive.
    const [modulus, exponent] = module.C_GetAttributeValue(session, key, [
      { type: pkcs11.CKA_MODULUS },
      { type: pkcs11.CKA_PUBLIC_EXPONENT },
    ]);
    if (!Buffer.isBuffer(modulus?.value) || !Buffer.isBuffer(exponent?.value)) {
      throw new TokenFault('the token does not tell the public half of the key');
    }
    return rsaKeyOf(modulus.value, exponent.value);
  }

  function pinEachTime(session: Pkcs11.Handle, key: Pkcs11.Handle): boolean {
    try {
      const [flag] = module.C_GetAttributeValue(session, key, [{ type: pkcs11.CKA_ALWAYS_AUTHENTICATE }]);
      return Buffer.isBuffer(flag?.value) && flag.value.some((byte) => byte !== 0);
    } catch {
      return false; // Older tokens do not know the attribute.
    }
  }

  async function open(wanted: TokenKey, history: PinHistory): Promise<OpenKey> {
    const slot = findSlot(wanted.tokenLabel);
    const session = module.C_OpenSession(slot, pkcs11.CKF_SERIAL_SESSION);
    try {
      await logIn(session, slot, wanted, history);
      const key = findKey(session, wanted.keyLabel);
      return {
        session,
        slot,
        key,
        publicKey: readPublicKey(session, key),
        mechanisms: new Set(module.C_GetMechanismList(slot)),
        pinEachTime: pinEachTime(session, key),
      };
    } catch (error) {
      attempt(() => module.C_CloseSession(session));
      throw error;
    }
  }

  async function signWith(
    openKey: OpenKey,
    wanted: TokenKey,
    data: Uint8Array,
    algorithm: SigningAlgorithm,
    history: PinHistory,
  ) {
    const { session, key, publicKey, mechanisms } = openKey;
    const hashingMechanism = algorithm === 'RS512' ? pkcs11.CKM_SHA512_RSA_PKCS : pkcs11.CKM_SHA256_RSA_PKCS;
    const hashesItself = mechanisms.has(hashingMechanism);
    module.C_SignInit(session, { mechanism: hashesItself ? hashingMechanism : pkcs11.CKM_RSA_PKCS }, key);
    if (openKey.pinEachTime) {
      await tryPin(wanted, history, (pin) => module.C_Login(session, pkcs11.CKU_CONTEXT_SPECIFIC, pin));
    }
    const input = hashesItself ? Buffer.from(data) : digestInfo(data, algorithm);
    const signature = Buffer.alloc(Buffer.from(publicKey.n, 'base64url').length);
    return module.C_SignAsync(session, input, signature);
  }

  /** Opens the key again, once, where the token was removed and reinserted or has ended the session. */
  async function withKey<Value>(
    wanted: TokenKey,
    history: PinHistory,
    work: (openKey: OpenKey) => Promise<Value> | Value,
  ): Promise<Value> {
    const name = JSON.stringify([wanted.tokenLabel, wanted.keyLabel]);
    for (let isRetry = false; ; isRetry = true) {
      const earlier = openKeys.get(name);
      try {
        const openKey = earlier ?? (await open(wanted, history));
        openKeys.set(name, openKey);
        return await work(openKey);
      } catch (error) {
        forget(name);
        if (earlier === undefined || isRetry || error instanceof TokenFault) throw asFault(error);
      }
    }
  }

  function forget(name: string): void {
    const openKey = openKeys.get(name);
    openKeys.delete(name);
    if (openKey !== undefined) attempt(() => module.C_CloseSession(openKey.session));
  }

  /** Runs the operations one after the other: a PKCS #11 session supports one at a time. */
  function inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
    const result = queue.then(work);
    queue = result.catch(() => undefined);
    return result;
  }

  function asFault(error: unknown): TokenFault {
    if (error instanceof TokenFault) return error;
    if (codeOf(error) === pkcs11.CKR_PIN_LOCKED) return new TokenFault('the token has locked its PIN');
    return new TokenFault(`the token answers ${namedError(error)}`);
  }

  return {
    sign: (key, data, algorithm, history = {}) =>
      inTurn(() => withKey(key, history, (openKey) => signWith(openKey, key, data, algorithm, history))),
    publicKey: (key, history = {}) => inTurn(() => withKey(key, history, (openKey) => openKey.publicKey)),
    close() {
      for (const name of [...openKeys.keys()]) forget(name);
      attempt(() => module.C_Finalize());
      attempt(() => module.close());
    },
  };
}

async function readPin(file: string): Promise<string> {
  const read = await readSecret(file);
  if (read.kind === 'unusable') throw new TokenFault(`the PIN file ${read.problem}`);
  return read.secret;
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

/** For cleaning up: a failure is ignored. */
function attempt(work: () => void): void {
  try {
    work();
  } catch {
    // The session has ended or the token was removed.
  }
}
