/**
 * American Soundex, by which PDS's fuzzy search finds homophones: `SMITH` and `SMYTHE` are both `S530`.
 * Source: US National Archives, "Soundex System".
 */

const codes: Readonly<Record<string, string>> = Object.fromEntries(
  ['BFPV', 'CGJKQSXZ', 'DT', 'L', 'MN', 'R'].flatMap((letters, index) =>
    Array.from(letters, (letter) => [letter, String(index + 1)]),
  ),
);

/** The code of a name: its first letter and three digits; empty for a name without a letter. */
export function soundex(name: string): string {
  const letters = name
    .normalize('NFD')
    .toUpperCase()
    .replace(/[^A-Z]/g, '');
  const first = letters.charAt(0);
  let code = first;
  let before = codes[first];
  for (const letter of letters.slice(1)) {
    const own = codes[letter];
    if (own !== undefined && own !== before) code += own;
    // H and W do not separate two letters of one code; a vowel does.
    if (letter !== 'H' && letter !== 'W') before = own;
  }
  return first === '' ? '' : code.slice(0, 4).padEnd(4, '0');
}
