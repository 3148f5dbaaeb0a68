/**
 * Which key of a Latin keyboard was pressed, whatever layout is on: a shortcut is named by a letter, and on a layout of
 * another script (Cyrillic, Greek, Arabic …) no key writes that letter.
 * Source: W3C, UI Events `key` and `code`: `key` is what the layout writes, `code` the place on the keyboard.
 */
export interface PressedKey {
  /** `l` on QWERTY, AZERTY and Dvorak alike, each at a place of its own; `д` at the same place as QWERTY's in Cyrillic. */
  readonly key: string;
  /** `KeyL`, `Digit0`, `Minus`: named after a QWERTY keyboard. */
  readonly code: string;
}

/**
 * The lower-case letter, the digit or the sign. A Latin layout decides by what it writes: on Dvorak the place says
 * another letter. Where it writes a letter in the digits' place (AZERTY's `à`), or nothing Latin, the place decides.
 */
export function latinKey({ key, code }: PressedKey): string {
  if (/^[!-~]$/.test(key)) return key.toLowerCase();
  const digit = /^Digit(\d)$/.exec(code)?.[1];
  if (digit !== undefined) return digit;
  if (key.length === 1 && /\p{Script=Latin}/u.test(key)) return key.toLowerCase();
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  if (letter !== undefined) return letter.toLowerCase();
  return signs[code] ?? key;
}

const signs: Readonly<Record<string, string>> = { Minus: '-', Equal: '=' };
