/**
 * Decodes the body of a response. The reader of a body decodes it, not the network layer, so that an answer that is too
 * large is not decoded at all. The functions never throw.
 */
import { readStrictJson } from '../../shared/json.ts';

/** `undefined` if the body is not UTF-8: a replacement character could hide part of a name. Removes a byte order mark. */
export function readText(body: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    return undefined;
  }
}

/**
 * `undefined`, which is not a JSON value, if the body is not JSON or has the same member twice: JSON does not define
 * which of the two counts (H2).
 */
export function readJson(body: Uint8Array): unknown {
  const text = readText(body);
  if (text === undefined) return undefined;
  const reading = readStrictJson(text);
  return reading.kind === 'read' ? reading.value : undefined;
}
