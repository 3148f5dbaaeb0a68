/** Against a real token: SoftHSM 2, in its own process, as each token's library. */
import { createHash, createPublicKey, verify } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import pkcs11 from 'pkcs11js';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createSoftToken, type SoftToken, softHsmLibrary } from '../../../../e2e/doubles/soft-token.ts';
import { startNodeTokenProcess } from '../../testing/token-host.ts';
import { checkKeys } from '../check-keys.ts';
import type { SigningAlgorithm, SigningKey } from '../signer.ts';
import { createPkcs11Key, type TokenSettings } from './pkcs11-key.ts';
import { loadTokenLibrary } from './token.ts';
import type { ProcessHandle } from './token-process.ts';
import { createTokenProcesses, type TokenProcesses } from './token-processes.ts';

const data = new TextEncoder().encode('header.claims');
let token: SoftToken;
let processes: TokenProcesses;

beforeAll(async () => {
  token = await createSoftToken('site');
  await token.generateKey('signing');
});
afterAll(() => token.remove());
afterEach(() => processes?.close());

function tokenSettings(pinFile = token.pinFile): TokenSettings {
  return {
    kind: 'pkcs11',
    kid: 'k1',
    library: softHsmLibrary,
    tokenLabel: 'site',
    keyLabel: 'signing',
    pinFile,
  };
}

function keyWith(settings: Partial<TokenSettings> = {}, timeout = 20_000): SigningKey {
  processes = createTokenProcesses(startNodeTokenProcess, timeout);
  return createPkcs11Key({ ...tokenSettings(), ...settings }, processes.openToken);
}

/** A key whose first process runs this script in the place of the token's library. */
function keyBehind(script: string, timeoutMs: number): SigningKey {
  const scripts: (string | undefined)[] = [script];
  processes = createTokenProcesses(() => startNodeTokenProcess(scripts.shift()), timeoutMs);
  return createPkcs11Key(tokenSettings(), processes.openToken);
}

async function isSignedBy(key: SigningKey, algorithm: SigningAlgorithm): Promise<boolean> {
  const signature = await key.signBytes(data, algorithm);
  const publicKey = createPublicKey({ key: { ...(await key.publicKey()) }, format: 'jwk' });
  return verify(algorithm === 'RS512' ? 'RSA-SHA512' : 'RSA-SHA256', data, publicKey, signature);
}

describe('a key made in the token', () => {
  test('cannot leave it', () => {
    expect(token.readKey('signing', pkcs11.CKA_EXTRACTABLE)).toEqual(Buffer.from([0]));
    expect(token.readKey('signing', pkcs11.CKA_SENSITIVE)).toEqual(Buffer.from([1]));
    expect(token.readKey('signing', pkcs11.CKA_NEVER_EXTRACTABLE)).toEqual(Buffer.from([1]));
    expect(token.readKey('signing', pkcs11.CKA_PRIVATE_EXPONENT)).toContain('CKR_ATTRIBUTE_SENSITIVE');
  });

  test.each(['RS512', 'RS256'] as const)(
    'signs %s, and the signature fits its public half',
    async (algorithm) => {
      await expect(isSignedBy(keyWith(), algorithm)).resolves.toBe(true);
    },
  );

  test('signs many at once, each rightly', async () => {
    const key = keyWith();
    await expect(
      Promise.all(Array.from({ length: 8 }, () => isSignedBy(key, 'RS512'))),
    ).resolves.not.toContain(false);
  });

  test('says at the start that it can sign', async () => {
    const checks = await checkKeys([keyWith()]);
    expect(checks).toEqual([{ kid: 'k1', kind: 'pkcs11', result: 'verified', reason: '' }]);
  });

  test('with a PIN for each signature, as on a PIV card', async () => {
    await token.generateKey('careful', [{ type: pkcs11.CKA_ALWAYS_AUTHENTICATE, value: true }]);
    const key = keyWith({ keyLabel: 'careful' });
    await expect(isSignedBy(key, 'RS512')).resolves.toBe(true);
    await expect(isSignedBy(key, 'RS512')).resolves.toBe(true);
  });
});

test('H21: a key with a PIN for each signature signs also while another signature is made', async () => {
  await token.generateKey('busy', [{ type: pkcs11.CKA_ALWAYS_AUTHENTICATE, value: true }]);
  let second: Promise<boolean> | undefined;
  processes = createTokenProcesses(() => {
    const handle = startNodeTokenProcess();
    return {
      ...handle,
      onMessage: (listener) =>
        handle.onMessage((message) => {
          listener(message);
          // The first signature has tried the PIN, and is not there yet.
          second ??= isSignedBy(key, 'RS512');
        }),
    };
  }, 20_000);
  const key = createPkcs11Key({ ...tokenSettings(), keyLabel: 'busy' }, processes.openToken);
  await expect(isSignedBy(key, 'RS512')).resolves.toBe(true);
  await expect(second).resolves.toBe(true);
});

describe('a token that cannot hash', () => {
  test.each(['RS512', 'RS256'] as const)('is given the hash, and signs %s', async (algorithm) => {
    const whole = process.env['SOFTHSM2_CONF'];
    const simple = await createSoftToken(
      'simple',
      'slots.mechanisms = CKM_RSA_PKCS,CKM_RSA_PKCS_KEY_PAIR_GEN\n',
    );
    try {
      await simple.generateKey('signing');
      await expect(
        isSignedBy(keyWith({ tokenLabel: 'simple', pinFile: simple.pinFile }), algorithm),
      ).resolves.toBe(true);
    } finally {
      process.env['SOFTHSM2_CONF'] = whole;
      await simple.remove();
    }
  });
});

describe('what stands in the way is named, without the PIN', () => {
  const reasonOf = (key: SigningKey) =>
    key.signBytes(data, 'RS512').then(
      () => 'signed',
      (error: Error) => `${error.name}: ${error.message}`,
    );

  test.each([
    ['no such token', { tokenLabel: 'other' }, 'no token is labelled "other"'],
    ['no such key', { keyLabel: 'other' }, 'the token has no RSA key labelled "other"'],
    ['no PIN file', { pinFile: '/nowhere/pin' }, 'the PIN file is not there'],
    ['no library', { library: '/nowhere/library.so' }, 'the PKCS #11 library cannot be loaded'],
    [
      'a library of another kind',
      { library: '/lib/x86_64-linux-gnu/libc.so.6' },
      'the PKCS #11 library cannot be',
    ],
  ])('%s', async (_case, settings, reason) => {
    await expect(reasonOf(keyWith(settings))).resolves.toContain(
      `SigningKeyUnavailable: PKCS #11 token: ${reason}`,
    );
  });

  test('two keys with one label', async () => {
    await token.generateKey('twice');
    await token.generateKey('twice');
    await expect(reasonOf(keyWith({ keyLabel: 'twice' }))).resolves.toContain(
      'more than one key labelled "twice"',
    );
  });

  test('a wrong PIN is tried once, and the right one as soon as the file has it', async () => {
    const pinFile = path.join(token.folder, 'wrong-pin');
    await writeFile(pinFile, '1111\n');
    const key = keyWith({ pinFile });
    await expect(reasonOf(key)).resolves.toContain('the token refuses the PIN');
    await expect(reasonOf(key)).resolves.toContain('has been given this PIN before and has not taken it');
    await writeFile(pinFile, '48231');
    await expect(reasonOf(key)).resolves.toBe('signed');
  });

  test.each<[string, string | Buffer]>([
    ['a byte order mark', '\ufeff48231\n'],
    ['blanks and empty lines around it', '\n 48231 \t\r\n\r\n'],
    ['UTF-16, as PowerShell writes it', Buffer.from('\ufeff48231\r\n', 'utf16le')],
  ])('a PIN file with %s is read as it is meant, and no try is spent', async (_case, content) => {
    const pinFile = path.join(token.folder, 'edited-pin');
    await writeFile(pinFile, content);
    await expect(reasonOf(keyWith({ pinFile }))).resolves.toBe('signed');
  });

  test.each<[string, string | Buffer, string]>([
    ['two lines', '48231\n1111\n', 'holds more than one line'],
    ['nothing in it', ' \r\n', 'is empty'],
    ['UTF-16 without a mark', Buffer.from('48231', 'utf16le'), 'is not text in UTF-8'],
    ['an invisible character', '48231\u200b', 'holds a character that cannot be seen'],
  ])('a PIN file with %s is refused before a try', async (_case, content, problem) => {
    const pinFile = path.join(token.folder, 'changed-pin');
    await writeFile(pinFile, content);
    await expect(reasonOf(keyWith({ pinFile }))).resolves.toContain(`the PIN file ${problem}`);
  });
});

describe('H21: a wrong PIN is tried once from the viewer’s start to its end', () => {
  /** Every process of the token's library, so that a test can end the running one. */
  function startedProcesses() {
    const started: ProcessHandle[] = [];
    processes = createTokenProcesses(() => {
      const handle = startNodeTokenProcess();
      started.push(handle);
      return handle;
    }, 20_000);
    return started;
  }

  test('also where the process of its library has been replaced', async () => {
    const pinFile = path.join(token.folder, 'wrong-pin-again');
    await writeFile(pinFile, '2222\n');
    const started = startedProcesses();
    const key = createPkcs11Key(tokenSettings(pinFile), processes.openToken);
    await expect(key.signBytes(data, 'RS512')).rejects.toThrow('the token refuses the PIN');
    await new Promise<void>((resolve) => {
      started[0]?.onExit(resolve);
      started[0]?.kill();
    });
    await expect(key.signBytes(data, 'RS512')).rejects.toThrow('has been given this PIN before');
    expect(started).toHaveLength(2);
    await writeFile(pinFile, '48231');
    await expect(key.signBytes(data, 'RS512')).resolves.toHaveLength(256);
  });

  test('and a PIN whose try ended with the process counts as not taken', async () => {
    const ends = path.join(token.folder, 'ends.mjs');
    await writeFile(
      ends,
      `process.on('message', ({ id }) => process.send({ kind: 'pin-trial', id, pin: ${JSON.stringify(
        createHash('sha256').update('48231').digest('base64url'),
      )} }, () => process.abort()));`,
    );
    const key = keyBehind(ends, 20_000);
    await expect(key.signBytes(data, 'RS512')).rejects.toThrow('its library ended unexpectedly');
    await expect(key.signBytes(data, 'RS512')).rejects.toThrow('has been given this PIN before');
  });
});

describe('a library that fails', () => {
  test('a session that the token ended is opened again', async () => {
    const library = await loadTokenLibrary(softHsmLibrary);
    try {
      const key = { tokenLabel: 'site', keyLabel: 'signing', pinFile: token.pinFile };
      const first = await library.sign(key, data, 'RS512');
      token.closeAllSessions();
      expect(Buffer.from(await library.sign(key, data, 'RS512'))).toEqual(Buffer.from(first));
    } finally {
      library.close();
    }
  });

  test('a process that hangs is ended, and the next call starts another', async () => {
    const silent = path.join(token.folder, 'silent.mjs');
    await writeFile(silent, 'process.on("message", () => {}); setInterval(() => {}, 1000);');
    const key = keyBehind(silent, 4_000);
    await expect(key.signBytes(data, 'RS512')).rejects.toThrow('it did not answer in time');
    await expect(key.signBytes(data, 'RS512')).resolves.toHaveLength(256);
  });

  test('a process that crashes is no more than a key that cannot be used', async () => {
    const broken = path.join(token.folder, 'broken.mjs');
    await writeFile(broken, 'process.on("message", () => process.abort());');
    const key = keyBehind(broken, 5_000);
    await expect(key.signBytes(data, 'RS512')).rejects.toThrow('its library ended unexpectedly');
  });
});
