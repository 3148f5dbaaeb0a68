/**
 * What the bytes of an answer say. They are decoded by whoever reads them and no sooner: a long access history goes as
 * bytes to the thread that reads it. Nothing here throws.
 */
import { readStrictJson } from '../../shared/json.ts';

/** `undefined` if it is not UTF-8: a replacement character could hide what a name was. A byte order mark is left out. */
export function readText(body: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    return undefined;
  }
}

/**
 * `undefined`, which is not a JSON value, if it is no JSON text, or one with a member given twice: nothing says which
 * of the two is meant (H2).
 */
export function readJson(body: Uint8Array): unknown {
  const text = readText(body);
  if (text === undefined) return undefined;
  const reading = readStrictJson(text);
  return reading.kind === 'read' ? reading.value : undefined;
}
