/** A real PKCS #11 token in software (SoftHSM 2), set up with its own tool, for the user that the viewer runs as. */
import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import type { TestMachine } from './keys-command.ts';

const execute = promisify(execFile);

export const softHsmLibrary = '/usr/lib/softhsm/libsofthsm2.so';
const pin = '48231';

export interface SoftToken {
  readonly pinFile: string;
  readonly env: Readonly<Record<string, string>>;
  importKey(label: string, pemFile: string): Promise<void>;
}

export async function createSoftToken(workstation: TestMachine, label: string): Promise<SoftToken> {
  const tokens = path.join(workstation.profile, 'tokens');
  await mkdir(tokens);
  const configuration = `directories.tokendir = ${tokens}\nobjectstore.backend = file\nobjectstore.umask = 0000\n`;
  const env = { SOFTHSM2_CONF: await workstation.write('softhsm2.conf', configuration) };
  const softhsm = async (...args: readonly string[]) => {
    await execute('softhsm2-util', args, { env: { ...process.env, ...env } });
    await forAnyone(tokens);
  };
  await softhsm('--init-token', '--free', '--label', label, '--pin', pin, '--so-pin', '9999');
  let keys = 0;
  return {
    env,
    pinFile: await workstation.write('pin', `${pin}\n`),
    async importKey(keyLabel, pemFile) {
      keys += 1;
      const id = String(keys).padStart(2, '0');
      await softhsm('--import', pemFile, '--token', label, '--label', keyLabel, '--id', id, '--pin', pin);
    },
  };
}

/** The token's files are made by the user that runs the tests. */
function forAnyone(folder: string) {
  return execute('chmod', ['-R', 'a+rwX', folder]);
}
