/** Reads a JSON file of settings: UTF-8, with or without a byte order mark, without repeated members. */
import { readStrictJson } from '../../shared/json.ts';
import {
  decodeUtf8,
  type FileRead,
  type FileUnreadable,
  readFileSafely,
  readFileSafelySync,
} from './read-file.ts';

export type JsonFileRead =
  | { readonly kind: 'read'; readonly value: unknown }
  | { readonly kind: 'missing' }
  | FileUnreadable;

/** Never rejects. A problem never repeats a value of the file. */
export async function readJsonFile(file: string): Promise<JsonFileRead> {
  return parse(await readFileSafely(file));
}

/** Like `readJsonFile`, for code that runs before the event loop. Never throws. */
export function readJsonFileSync(file: string): JsonFileRead {
  return parse(readFileSafelySync(file));
}

function parse(read: FileRead): JsonFileRead {
  if (read.kind !== 'read') return read;
  const text = decodeUtf8(read.bytes);
  const json = text === undefined ? ({ kind: 'not-json' } as const) : readStrictJson(text);
  switch (json.kind) {
    case 'read':
      return json;
    case 'not-json':
      return notSettings('is not JSON');
    case 'repeated-member':
      return notSettings(`has the member ${json.path.slice(0, 100)} twice`);
    case 'too-deep':
      return notSettings('is nested too deep');
  }
}

function notSettings(problem: string): FileUnreadable {
  return { kind: 'unreadable', problem, code: undefined };
}
