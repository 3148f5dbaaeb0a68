/** Reads a text of an answer as its links may write it: what is named in it can be percent-encoded (H2, H3). */

/** Decodes `%7C` to `|` and `+` to a blank, also where they were encoded twice; other text stays unchanged. */
export function decodeText(text: string): string {
  const spaced = text.replaceAll('+', ' ');
  if (!text.includes('%')) return spaced;
  const once = (encoded: string) =>
    encoded.replace(/(?:%[0-9a-f]{2})+/gi, (codes) =>
      Buffer.from(codes.replaceAll('%', ''), 'hex').toString('utf8'),
    );
  return once(once(spaced)).replaceAll('+', ' ');
}
