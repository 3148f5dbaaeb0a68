import { rename, writeFile } from 'node:fs/promises';
import { isJsonObject, type JsonObject } from '../../../shared/json.ts';
import { readJsonFile } from '../../files/read-json-file.ts';
import { lastGoodPolicyFile } from './last-good-policy-file.ts';

export interface LastGoodPolicy {
  /** By name, as JSON; `undefined` where there is no copy. A missing policy is stored too, as an empty one. */
  read(): Promise<JsonObject | undefined>;
  /** Where the disk cannot be written, the older copy stays. */
  keep(policy: JsonObject): Promise<void>;
}

/**
 * Stores a copy of the last policy that could be read in the user-data folder; the copy applies while the policy cannot be
 * read. A user could change the copy, but cannot make the policy itself unreadable.
 */
export function createLastGoodPolicy(folder: string): LastGoodPolicy {
  const file = lastGoodPolicyFile(folder);
  return {
    async read() {
      const read = await readJsonFile(file);
      return read.kind === 'read' && isJsonObject(read.value) ? read.value : undefined;
    },
    async keep(policy) {
      const unfinished = `${file}.new`;
      try {
        await writeFile(unfinished, JSON.stringify(policy), { mode: 0o600 });
        await rename(unfinished, file);
      } catch {
        // The next start reads the policy again; the older copy serves until then.
      }
    },
  };
}
