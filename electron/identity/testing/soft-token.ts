/** For tests: a real PKCS #11 token in software (SoftHSM 2), in a folder of its own. */
import { execFile } from 'node:child_process';
import type { JsonWebKey } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import pkcs11, { type Handle, type PKCS11, type Template } from 'pkcs11js';

/** Where Debian's package softhsm2 puts it. */
export const softHsmLibrary = '/usr/lib/softhsm/libsofthsm2.so';

const execute = promisify(execFile);

const tokenPin = '48231';

export interface SoftToken {
  readonly label: string;
  readonly folder: string;
  /** Holds the right PIN. */
  readonly pinFile: string;
  /** Makes a key inside the token, which it never leaves. */
  generateKey(label: string, attributes?: Template): Promise<void>;
  /** Puts a key that is known outside into the token. */
  importKey(label: string, jwk: JsonWebKey): void;
  /** What the token answers when it is asked for an attribute of its private key. */
  readKey(label: string, attribute: number): Buffer | string;
  /** Ends every session that this process has with the token. */
  closeAllSessions(): void;
  remove(): Promise<void>;
}

/** Sets SOFTHSM2_CONF for this process and those it starts. */
export async function createSoftToken(label: string, configuration = ''): Promise<SoftToken> {
  const folder = await mkdtemp(path.join(tmpdir(), 'cpis-viewer-token-'));
  const tokens = path.join(folder, 'tokens');
  await mkdir(tokens);
  const configurationFile = path.join(folder, 'softhsm2.conf');
  const settings = `directories.tokendir = ${tokens}\nobjectstore.backend = file\nlog.level = ERROR\n`;
  await writeFile(configurationFile, settings);
  process.env['SOFTHSM2_CONF'] = configurationFile;
  await execute('softhsm2-util', [
    '--init-token',
    '--free',
    '--label',
    label,
    '--pin',
    tokenPin,
    '--so-pin',
    '9999',
  ]);
  await writeFile(configurationFile, settings + configuration);
  const pinFile = path.join(folder, 'pin');
  await writeFile(pinFile, `${tokenPin}\n`, { mode: 0o600 });

  function slotOf(module: PKCS11): Handle {
    const slot = module
      .C_GetSlotList(true)
      .find((each) => module.C_GetTokenInfo(each).label.trim() === label);
    if (slot === undefined) throw new Error('The token is not there');
    return slot;
  }

  function withSession<Value>(work: (module: PKCS11, session: Handle) => Value): Value {
    const module = new pkcs11.PKCS11();
    module.load(softHsmLibrary);
    module.C_Initialize();
    try {
      const session = module.C_OpenSession(slotOf(module), pkcs11.CKF_SERIAL_SESSION | pkcs11.CKF_RW_SESSION);
      module.C_Login(session, pkcs11.CKU_USER, tokenPin);
      return work(module, session);
    } finally {
      module.C_Finalize();
    }
  }

  return {
    label,
    folder,
    pinFile,
    async generateKey(keyLabel, attributes = []) {
      withSession((module, session) =>
        module.C_GenerateKeyPair(
          session,
          { mechanism: pkcs11.CKM_RSA_PKCS_KEY_PAIR_GEN },
          [
            { type: pkcs11.CKA_TOKEN, value: true },
            { type: pkcs11.CKA_LABEL, value: keyLabel },
            { type: pkcs11.CKA_MODULUS_BITS, value: 2048 },
            { type: pkcs11.CKA_PUBLIC_EXPONENT, value: Buffer.from([1, 0, 1]) },
            { type: pkcs11.CKA_VERIFY, value: true },
          ],
          [
            { type: pkcs11.CKA_TOKEN, value: true },
            { type: pkcs11.CKA_PRIVATE, value: true },
            { type: pkcs11.CKA_SENSITIVE, value: true },
            { type: pkcs11.CKA_EXTRACTABLE, value: false },
            { type: pkcs11.CKA_LABEL, value: keyLabel },
            { type: pkcs11.CKA_SIGN, value: true },
            ...attributes,
          ],
        ),
      );
    },
    importKey(keyLabel, { n, e, d, p, q, dp, dq, qi }) {
      const number = (text: string | undefined) => Buffer.from(text ?? '', 'base64url');
      withSession((module, session) =>
        module.C_CreateObject(session, [
          { type: pkcs11.CKA_CLASS, value: pkcs11.CKO_PRIVATE_KEY },
          { type: pkcs11.CKA_KEY_TYPE, value: pkcs11.CKK_RSA },
          { type: pkcs11.CKA_TOKEN, value: true },
          { type: pkcs11.CKA_PRIVATE, value: true },
          { type: pkcs11.CKA_SENSITIVE, value: true },
          { type: pkcs11.CKA_EXTRACTABLE, value: false },
          { type: pkcs11.CKA_SIGN, value: true },
          { type: pkcs11.CKA_LABEL, value: keyLabel },
          { type: pkcs11.CKA_MODULUS, value: number(n) },
          { type: pkcs11.CKA_PUBLIC_EXPONENT, value: number(e) },
          { type: pkcs11.CKA_PRIVATE_EXPONENT, value: number(d) },
          { type: pkcs11.CKA_PRIME_1, value: number(p) },
          { type: pkcs11.CKA_PRIME_2, value: number(q) },
          { type: pkcs11.CKA_EXPONENT_1, value: number(dp) },
          { type: pkcs11.CKA_EXPONENT_2, value: number(dq) },
          { type: pkcs11.CKA_COEFFICIENT, value: number(qi) },
        ]),
      );
    },
    readKey: (keyLabel, attribute) =>
      withSession((module, session) => {
        module.C_FindObjectsInit(session, [
          { type: pkcs11.CKA_CLASS, value: pkcs11.CKO_PRIVATE_KEY },
          { type: pkcs11.CKA_LABEL, value: keyLabel },
        ]);
        const [key] = module.C_FindObjects(session, 1);
        if (key === undefined) throw new Error('The key is not there');
        try {
          const value = module.C_GetAttributeValue(session, key, [{ type: attribute }])[0]?.value;
          return Buffer.isBuffer(value) ? value : String(value);
        } catch (error) {
          return error instanceof Error ? error.message : 'unknown';
        }
      }),
    closeAllSessions() {
      const module = new pkcs11.PKCS11();
      module.load(softHsmLibrary);
      module.C_CloseAllSessions(slotOf(module));
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
