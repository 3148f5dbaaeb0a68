/**
 * The policy as it was last read, in the user's own data: what applies while it cannot be read. A user could change it
 * there, but cannot make the real one unreadable.
 */
import { rename, writeFile } from 'node:fs/promises';
import { isJsonObject, type JsonObject } from '../../../shared/json.ts';
import { readJsonFile } from '../../files/read-json-file.ts';
import { lastGoodPolicyFile } from './last-good-policy-file.ts';

export interface LastGoodPolicy {
  /** By name, as JSON; nothing where none was kept. That there was no policy is kept too: it is an empty one. */
  read(): Promise<JsonObject | undefined>;
  /** A disk that cannot be written keeps the older one. */
  keep(policy: JsonObject): Promise<void>;
}

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
        // Read again at the next start, and good until then.
      }
    },
  };
}
