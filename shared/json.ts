/**
 * Reads JSON strictly. `JSON.parse` silently keeps the last of two members with one name, so that
 * `{"total":1,"entry":[…],"total":0,"entry":[]}` reads as an answer that found nothing (H2), and a setting that stands
 * twice in a file takes a value that its writer may not see. `readStrictJson` refuses such a text and names the member's path.
 * Source: RFC 8259, section 4 (names should be unique; the result of repeated ones is not defined) and section 9 (a
 * reader may limit the depth of nesting).
 */

export type JsonObject = Readonly<Record<string, unknown>>;

/** Valibot's `record` takes an array for an object; this does not. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export type JsonReading =
  | { readonly kind: 'read'; readonly value: unknown }
  | { readonly kind: 'not-json' }
  /** `path`: names and positions from the top, with points between them, as valibot's `getDotPath`: `entry.0.id`. */
  | { readonly kind: 'repeated-member'; readonly path: string }
  /** More than `maximumDepth` arrays and objects inside each other; recursive code could exhaust the stack. */
  | { readonly kind: 'too-deep' };

/** FHIR resources and settings nest some twenty deep. */
export const maximumDepth = 100;

/** Reads one JSON text. Never throws. Takes some three times as long as `JSON.parse`. */
export function readStrictJson(text: string): JsonReading {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { kind: 'not-json' };
  }
  return findRefusal(text) ?? { kind: 'read', value };
}

/** An object or an array that has begun and not yet ended, with where the scan stands in it. */
type Container =
  | { readonly kind: 'object'; names: Set<string> | undefined; name: string; nameIsNext: boolean }
  | { readonly kind: 'array'; index: number };

const backslash = 0x5c;

/** Scans a text that is known to be valid JSON: only its structure and the names of its members matter. */
function findRefusal(text: string): Exclude<JsonReading, { kind: 'read' | 'not-json' }> | undefined {
  const containers: Container[] = [];
  for (let position = 0; position < text.length; position += 1) {
    const innermost = containers.at(-1);
    switch (text[position]) {
      case '{':
        containers.push({ kind: 'object', names: undefined, name: '', nameIsNext: true });
        if (containers.length > maximumDepth) return { kind: 'too-deep' };
        break;
      case '[':
        containers.push({ kind: 'array', index: 0 });
        if (containers.length > maximumDepth) return { kind: 'too-deep' };
        break;
      case '}':
      case ']':
        containers.pop();
        break;
      case ',':
        if (innermost?.kind === 'object') innermost.nameIsNext = true;
        if (innermost?.kind === 'array') innermost.index += 1;
        break;
      case '"': {
        const end = endOfString(text, position);
        if (innermost?.kind === 'object' && innermost.nameIsNext) {
          innermost.name = decodeString(text.slice(position, end + 1));
          innermost.nameIsNext = false;
          innermost.names ??= new Set();
          if (innermost.names.has(innermost.name)) {
            return { kind: 'repeated-member', path: describePath(containers) };
          }
          innermost.names.add(innermost.name);
        }
        position = end;
        break;
      }
    }
  }
  return undefined;
}

/** The position of the quotation mark that ends the string which begins at `start`. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end;
}

/** An even number of backslashes before a character escape each other, an odd number the character. */
function isEscaped(text: string, position: number): boolean {
  let first = position;
  while (text.charCodeAt(first - 1) === backslash) first -= 1;
  return (position - first) % 2 === 1;
}

/** `"tot\u0061l"` is the member `total`. */
function decodeString(literal: string): string {
  return literal.includes('\\') ? String(JSON.parse(literal)) : literal.slice(1, -1);
}

function describePath(containers: readonly Container[]): string {
  return containers
    .map((container) => (container.kind === 'object' ? container.name : String(container.index)))
    .join('.');
}
