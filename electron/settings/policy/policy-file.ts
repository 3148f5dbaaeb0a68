/** The JSON form: one file that only an administrator can write. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { isJsonObject } from '../../../shared/json.ts';
import type { PolicySource } from './policy-source.ts';

/** A file larger than this is not a policy. Bytes. */
const largestFile = 256 * 1024;

/** Never throws. */
export async function readPolicyFile(file: string): Promise<PolicySource> {
  const name = path.basename(file);
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch (error) {
    const isAbsent = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    return isAbsent ? { kind: 'absent' } : failed(`${name} cannot be read`);
  }
  if (bytes.byteLength > largestFile) return failed(`${name} is too large`);
  try {
    const json: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    if (!isJsonObject(json)) return failed(`${name} is not a JSON object`);
    const raw = Object.entries(json).map(([key, value]) => [key, { from: 'json', value }] as const);
    return { kind: 'read', values: new Map(raw) };
  } catch {
    return failed(`${name} is not a JSON object`);
  }
}

function failed(problem: string): PolicySource {
  return { kind: 'failed', problem };
}
