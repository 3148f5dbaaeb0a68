/**
 * Reads the policy from the Windows registry through the system's own reg.exe: without a native module, and without
 * writing. The messages of reg.exe are in the system's language, so this module does not parse them: the list of the
 * parent's keys, which exists on every Windows, shows whether the policy key exists.
 * Run under Wine by `npm run test:windows`. Sources: Microsoft, "reg query", "reg export".
 */
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { policyKey } from '../../../shared/installation.ts';
import { readFileSafely } from '../../files/read-file.ts';
import { windowsProgram } from '../windows-programs.ts';
import { type PolicySource, programLimitMs } from './policy-source.ts';
import type { RawValue } from './policy-value.ts';
import { parseRegistryFile } from './registry-file.ts';

export type Hive = 'HKEY_LOCAL_MACHINE' | 'HKEY_CURRENT_USER';

/** Runs reg.exe; both reject when it ends with an error. */
export interface RegExe {
  /** Gives what `reg.exe query <key>` writes to a pipe. */
  query(key: string): Promise<string>;
  /** Gives the file that `reg.exe export <key>` makes. Where no file can be made it rejects. */
  exportKey(key: string): Promise<string>;
}

/** From the top; for a user without any policy even the second key is missing. */
const keyNames = policyKey.split('\\');

/** Never throws. */
export async function readPolicyRegistry(hive: Hive, reg: RegExe): Promise<PolicySource> {
  const own = [hive, ...keyNames].join('\\');
  try {
    for (let depth = 1; depth < keyNames.length; depth += 1) {
      const parent = [hive, ...keyNames.slice(0, depth)].join('\\');
      const key = `${parent}\\${keyNames[depth]}`.toLowerCase();
      const keys = (await reg.query(parent)).split(/\r?\n/).map((line) => line.trim().toLowerCase());
      if (!keys.includes(key)) return { kind: 'absent' };
    }
    return { kind: 'read', place: own, values: await readValues(own, reg) };
  } catch {
    return { kind: 'failed', problem: `the registry key ${own} cannot be read` };
  }
}

/**
 * H16: what the query prints decides: it comes through a pipe. The export is a file in the user's temporary folder, which another
 * program of the user could alter while it is there; from it come letters alone that the query cannot print.
 */
async function readValues(key: string, reg: RegExe): Promise<ReadonlyMap<string, RawValue>> {
  const [printed, exported] = await Promise.all([reg.query(key), reg.exportKey(key).catch(() => '')]);
  const texts = parseRegistryFile(exported, key);
  return new Map(
    [...parseRegQuery(printed)].map(([name, value]) => [name, withLetters(value, texts?.get(name))]),
  );
}

/** Where the export says something else than letters of its own, the value is one that cannot be shown. */
function withLetters(value: RegistryValue, exported: string | undefined): RegistryValue {
  if (exported === undefined || !/^REG_(?:MULTI_)?SZ$/.test(value.type)) return value;
  const isSame =
    !unseen.test(exported) &&
    (printable(value.text) === printable(exported) ||
      // A query prints a curly apostrophe as a straight one. That is believed of a list, which is read by people alone.
      (value.type === 'REG_MULTI_SZ' && isSameInAscii(value.text, exported)));
  return { ...value, text: isSame ? exported : unprintable };
}

const unprintable = '\ufffd';

/** U+202E, for one, turns round the digits of a phone number that follow it. */
const unseen = /[^\P{C}\r\n\t]/u;

/** A letter that the code page has not comes as a question mark, or as other bytes, one or more. */
function printable(text: string): string {
  return text.replaceAll(/(?:[^\x20-\x7e\r\n\t]|\?)+/g, unprintable);
}

function isSameInAscii(printed: string, exported: string): boolean {
  return (
    printed.length === exported.length &&
    [...printed].every(
      (letter, at) => letter === exported[at] || (exported.charCodeAt(at) > 0x7e && !/\d/.test(letter)),
    )
  );
}

type RegistryValue = Extract<RawValue, { from: 'registry' }>;

/**
 * `    name    REG_SZ    value`: four spaces before each part. Other lines are keys or empty. The default value is no
 * setting.
 */
export function parseRegQuery(output: string): ReadonlyMap<string, RegistryValue> {
  const values = new Map<string, RegistryValue>();
  for (const line of output.split(/\r?\n/)) {
    const match = /^ {4}(\S.*?) {4}(REG_[A-Z_]+)(?: {4}(.*))?$/.exec(line);
    const [, name, type, text = ''] = match ?? [];
    if (name === undefined || type === undefined || name === '(Default)') continue;
    // A query prints the end of a line of a list as \0.
    const lines = type === 'REG_MULTI_SZ' ? text.replaceAll('\\0', '\n').replace(/\n+$/, '') : text;
    values.set(name, { from: 'registry', type, text: lines });
  }
  return values;
}

export const regExe: RegExe = {
  async query(key) {
    const written = await run(['query', key]);
    // No setting takes the letters that are not sure.
    return written.toString('latin1').replaceAll(/[^\x20-\x7e\r\n\t]|\?/g, unprintable);
  },
  async exportKey(key) {
    const file = path.join(tmpdir(), `cpis-viewer-policy-${randomUUID()}.reg`);
    try {
      await run(['export', key, file, '/y']);
      const read = await readFileSafely(file);
      if (read.kind !== 'read') throw new Error('The exported file cannot be read.');
      return new TextDecoder('utf-16le').decode(read.bytes);
    } finally {
      await rm(file, { force: true }).catch(() => undefined);
    }
  },
};

async function run(words: readonly string[]): Promise<Buffer> {
  const { stdout } = await promisify(execFile)(windowsProgram('reg.exe'), [...words], {
    encoding: 'buffer',
    timeout: programLimitMs,
    windowsHide: true,
  });
  return stdout;
}
