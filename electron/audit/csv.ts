/** Text for a spreadsheet, a terminal or a JSON file in which nothing is run, hidden or reversed. */

/** A line of CSV by RFC 4180. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

/** Of a text that stands on one line. */
export function escapeNotShown(text: string): string {
  return text.replaceAll(notShownInCell, escapeCharacter);
}

/** `json`: laid-out JSON; its line feeds stay. */
export function escapeInJson(json: string): string {
  return json.replaceAll(notShown, escapeCharacter);
}

/**
 * Characters that a spreadsheet or a terminal interprets and does not show: control characters (ESC begins a terminal
 * command, a line feed a new row), marks that reverse the direction of writing, and line separators. A line feed in JSON is
 * layout.
 */
const notShown = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
const notShownInCell = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** Escapes as JSON does: `\u001b`. A character beyond the first plane becomes two escapes. */
function escapeCharacter(character: string): string {
  return character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}

/**
 * A spreadsheet runs a cell that begins like a formula, also with blanks before it or in a wider form of the sign
 * (`＝`, which NFKC makes `=`): such a text gets an apostrophe in front. Source: OWASP, CSV injection.
 */
function csvCell(text: string): string {
  const shown = escapeNotShown(text);
  const harmless = /^\s*[=+\-@\u2212]/.test(shown.normalize('NFKC')) ? `'${shown}` : shown;
  return /[",]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
