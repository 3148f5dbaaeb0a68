type Redaction = (text: string) => string;

const replacing =
  (pattern: RegExp, by: string): Redaction =>
  (text) =>
    text.replaceAll(pattern, by);

const redactions: readonly Redaction[] = [
  // A JWT or JWE, whole or truncated: base64url of `{"` begins with these letters.
  replacing(/\beyJ[\w-]{4,}(?:\.[\w-]*)*/g, '[token]'),
  replacing(/\b(?:Bearer|Basic)\s+\S+/gi, '[token]'),
  // The query and the fragment of a URL.
  replacing(/(?<=[\w/])[?#][^\s"'<>]+/g, '?[query]'),
  replacing(/[^\s"'<>@:/]+(?:@[^\s"'<>@]+)+/g, '[address]'),
  // Ten digits, as typed, shown or encoded: an NHS number, whether its check digit is right or not.
  replacing(/(?<![\dA-Fa-f])\d{3}(?:[ -]|%20)?\d{3}(?:[ -]|%20)?\d{4}(?![\dA-Fa-f])/g, '[number]'),
  // A date of birth looks like any other date; a log line has its own time and needs no other.
  replacing(/\b(?:19|20)\d{2}-\d{2}-\d{2}\b(?!T)/g, '[date]'),
  // Refresh tokens, codes, keys: longer than any name, path part or key id that support staff need.
  replacing(/[\w+/=-]{64,}/g, '[secret]'),
];

/**
 * The second safeguard of the log: removes text that looks clinical or secret. The record types should already exclude
 * such text. The redactions are small functions that run one after the other.
 */
export function redact(text: string): string {
  return redactions.reduce((redacted, redaction) => redaction(redacted), text);
}
