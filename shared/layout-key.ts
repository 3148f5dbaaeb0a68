/**
 * Finds the key of a Latin keyboard for a key press on any layout: a shortcut is named by a letter, and on a layout of
 * another script (Cyrillic, Greek, Arabic …) no key writes that letter.
 * Source: W3C, UI Events `key` and `code`: `key` is the character of the layout, `code` the position on the keyboard.
 */
export interface PressedKey {
  /** `l` on QWERTY, AZERTY and Dvorak, at different positions; `д` in Cyrillic, at the position of QWERTY's `l`. */
  readonly key: string;
  /** `KeyL`, `Digit0`, `Minus`: named after a QWERTY keyboard. */
  readonly code: string;
}

/**
 * Returns the lower-case letter, the digit or the sign. On a Latin layout the character decides, because on Dvorak the
 * position has another letter. Where the digit row writes letters (AZERTY's `à`), or the character is not Latin, the
 * position decides.
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
