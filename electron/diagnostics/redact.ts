/**
 * The net under the log. Its records are closed lists of words, so nothing clinical or secret should ever come this far;
 * what still looks like it is taken out. Small functions, one after the other.
 */
type Redaction = (text: string) => string;

const replacing =
  (pattern: RegExp, by: string): Redaction =>
  (text) =>
    text.replaceAll(pattern, by);

const redactions: readonly Redaction[] = [
  // A JWT or JWE, whole or cut short: base64url of `{"` begins with these letters.
  replacing(/\beyJ[\w-]{4,}(?:\.[\w-]*)*/g, '[token]'),
  replacing(/\b(?:Bearer|Basic)\s+\S+/gi, '[token]'),
  // All that stands behind the question mark of an address, and behind its number sign.
  replacing(/(?<=[\w/])[?#][^\s"'<>]+/g, '?[query]'),
  replacing(/[^\s"'<>@:/]+(?:@[^\s"'<>@]+)+/g, '[address]'),
  // Ten digits, as typed, shown or encoded: an NHS number, whether its check digit is right or not.
  replacing(/(?<![\dA-Fa-f])\d{3}(?:[ -]|%20)?\d{3}(?:[ -]|%20)?\d{4}(?![\dA-Fa-f])/g, '[number]'),
  // A date of birth looks like any other date; a log line has its own time in front, and needs no other.
  replacing(/\b(?:19|20)\d{2}-\d{2}-\d{2}\b(?!T)/g, '[date]'),
  // Refresh tokens, codes, keys: longer than any name, path part or key id that a help desk needs.
  replacing(/[\w+/=-]{64,}/g, '[secret]'),
];

export function redact(text: string): string {
  return redactions.reduce((redacted, redaction) => redaction(redacted), text);
}
