/** A real PKCS #11 token in software (SoftHSM 2), in a new folder. */
import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
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
  /** For a viewer that is to find the token. */
  readonly env: Readonly<Record<string, string>>;
  /** Makes a key inside the token that cannot be exported. */
  generateKey(label: string, attributes?: Template): Promise<void>;
  /** Puts the private key of this PKCS #8 file into the token, and its public half. */
  importKey(label: string, pemFile: string): Promise<void>;
  /** An attribute of the private key, or the error that the token answers instead. */
  readKey(label: string, attribute: number): Buffer | string;
  /** Ends every session that this process has with the token. */
  closeAllSessions(): void;
  remove(): Promise<void>;
}

/**
 * Sets SOFTHSM2_CONF for this process and those it starts. Every user may read the token: a viewer may run as another
 * user than the test. `configuration` is added to SoftHSM's; `parent` is where the token's folder is made.
 */
export async function createSoftToken(
  label: string,
  configuration = '',
  parent = tmpdir(),
): Promise<SoftToken> {
  const folder = await mkdtemp(path.join(parent, 'cpis-viewer-token-'));
  await chmod(folder, 0o755);
  const tokens = path.join(folder, 'tokens');
  await mkdir(tokens);
  const configurationFile = path.join(folder, 'softhsm2.conf');
  const settings = [
    `directories.tokendir = ${tokens}`,
    'objectstore.backend = file',
    'objectstore.umask = 0000',
    'log.level = ERROR\n',
  ].join('\n');
  await writeFile(configurationFile, settings);
  process.env['SOFTHSM2_CONF'] = configurationFile;
  const softhsm = async (...args: readonly string[]) => {
    await execute('softhsm2-util', args);
    await execute('chmod', ['-R', 'a+rwX', tokens]);
  };
  await softhsm('--init-token', '--free', '--label', label, '--pin', tokenPin, '--so-pin', '9999');
  await writeFile(configurationFile, settings + configuration);
  const pinFile = path.join(folder, 'pin');
  await writeFile(pinFile, `${tokenPin}\n`, { mode: 0o644 });
  let imported = 0;

  function slotOf(module: PKCS11): Handle {
    const slot = module
      .C_GetSlotList(true)
      .find((each) => module.C_GetTokenInfo(each).label.trim() === label);
    if (slot === undefined) throw new Error('SoftHSM has no such token');
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
    env: { SOFTHSM2_CONF: configurationFile },
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
    async importKey(keyLabel, pemFile) {
      imported += 1;
      const id = String(imported).padStart(2, '0');
      const key = ['--import', pemFile, '--label', keyLabel, '--id', id];
      // A second token of this process has changed the variable.
      process.env['SOFTHSM2_CONF'] = configurationFile;
      await softhsm(...key, '--token', label, '--pin', tokenPin);
    },
    readKey: (keyLabel, attribute) =>
      withSession((module, session) => {
        module.C_FindObjectsInit(session, [
          { type: pkcs11.CKA_CLASS, value: pkcs11.CKO_PRIVATE_KEY },
          { type: pkcs11.CKA_LABEL, value: keyLabel },
        ]);
        const [key] = module.C_FindObjects(session, 1);
        if (key === undefined) throw new Error('The token has no such key');
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
