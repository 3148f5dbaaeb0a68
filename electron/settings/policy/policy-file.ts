/** Reads the policy from its JSON file, which only an administrator can write. */
import path from 'node:path';
import { isJsonObject } from '../../../shared/json.ts';
import { readJsonFile } from '../../files/read-json-file.ts';
import type { PolicySource } from './policy-source.ts';

/** Never throws. */
export async function readPolicyFile(file: string): Promise<PolicySource> {
  const name = path.basename(file);
  const read = await readJsonFile(file);
  if (read.kind === 'missing') return { kind: 'absent' };
  if (read.kind === 'unreadable') return failed(`${name} ${read.problem}`);
  if (!isJsonObject(read.value)) return failed(`${name} is not a JSON object`);
  const raw = Object.entries(read.value).map(([key, value]) => [key, { from: 'json', value }] as const);
  return { kind: 'read', place: file, values: new Map(raw) };
}

function failed(problem: string): PolicySource {
  return { kind: 'failed', problem };
}
