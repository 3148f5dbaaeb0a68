/**
 * Reads the policy from the Windows registry through the system's own reg.exe: without a native module, and without
 * writing. The messages of reg.exe are in the system's language, so this module does not parse them: the list of the
 * parent's keys, which exists on every Windows, shows whether the policy key exists.
 * Source: Microsoft, "reg query"; the form of its output as recorded in the tests beside this file. NOT YET RUN ON
 * WINDOWS: this project's machines have none.
 */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { policyKey } from '../../../shared/installation.ts';
import { windowsProgram } from '../windows-programs.ts';
import type { PolicySource } from './policy-source.ts';
import type { RawValue } from './policy-value.ts';

export type Hive = 'HKEY_LOCAL_MACHINE' | 'HKEY_CURRENT_USER';

/** Runs `reg.exe query <key>` and gives what it wrote; rejects when it ends with an error. */
export type RegQuery = (key: string) => Promise<string>;

/** From the top; for a user without any policy even the second key is missing. */
const path = policyKey.split('\\');

/** Never throws. */
export async function readPolicyRegistry(hive: Hive, query: RegQuery): Promise<PolicySource> {
  const own = [hive, ...path].join('\\');
  try {
    for (let depth = 1; depth < path.length; depth += 1) {
      const parent = [hive, ...path.slice(0, depth)].join('\\');
      const key = `${parent}\\${path[depth]}`.toLowerCase();
      const keys = (await query(parent)).split(/\r?\n/).map((line) => line.trim().toLowerCase());
      if (!keys.includes(key)) return { kind: 'absent' };
    }
    return { kind: 'read', place: own, values: parseRegQuery(await query(own)) };
  } catch {
    return { kind: 'failed', problem: `the registry key ${own} cannot be read` };
  }
}

/** `    name    REG_SZ    value`: four spaces before each part. Other lines are keys or empty. */
export function parseRegQuery(output: string): ReadonlyMap<string, RawValue> {
  const values = new Map<string, RawValue>();
  for (const line of output.split(/\r?\n/)) {
    const match = /^ {4}(\S.*?) {4}(REG_[A-Z_]+)(?: {4}(.*))?$/.exec(line);
    const [, name, type, text = ''] = match ?? [];
    if (name !== undefined && type !== undefined) values.set(name, { from: 'registry', type, text });
  }
  return values;
}

const timeoutMs = 5_000;

export const regQuery: RegQuery = async (key) => {
  const { stdout } = await promisify(execFile)(windowsProgram('reg.exe'), ['query', key], {
    timeout: timeoutMs,
    windowsHide: true,
  });
  return stdout;
};
