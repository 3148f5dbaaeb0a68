/**
 * Tells the keys of a barcode scanner, which types like a keyboard, from those of a person: by their speed and by the form of
 * what they type. Also collects the digits that a person types where there is no field. The clock is the caller's.
 */
import { readBarcode } from '../../../shared/clinical/wristband.ts';

export type TypedKey =
  | { readonly kind: 'character'; readonly character: string }
  | { readonly kind: 'enter' }
  | { readonly kind: 'tab' };

/** `field`: the focus is where text is typed. */
export type Place = 'field' | 'elsewhere';

export interface KeysSoFar {
  /** What was typed at a scanner's speed up to now. */
  readonly text: string;
  /** The digits that were typed outside a field, at any speed. */
  readonly digits: string;
  /** The time of the last key. */
  readonly atMs: number;
  readonly place: Place;
  /** H4: until then an Enter, a Tab or a blank may be the late end of a barcode that has been read already. */
  readonly lateEndUntilMs: number;
}

export type Read =
  | { readonly kind: 'barcode'; readonly text: string; readonly byEnter: boolean }
  | { readonly kind: 'digits'; readonly digits: string; readonly byEnter: boolean };

export interface KeyRead {
  readonly keys: KeysSoFar;
  /** H4: the key belongs to a barcode or a number, and must not press a button. */
  readonly take: boolean;
  /** The keys up to now turn out to be a scanner's: what they have put into a field goes out again. */
  readonly takeBack: boolean;
  readonly read: Read | undefined;
}

export const noKeys: KeysSoFar = {
  text: '',
  digits: '',
  atMs: Number.NEGATIVE_INFINITY,
  place: 'elsewhere',
  lateEndUntilMs: Number.NEGATIVE_INFINITY,
};

/** Scanners send a key every 1 to 30 ms; the fastest typists need about 100. */
const longestScannerGapMs = 80;
const longestTypingGapMs = 2_000;
/** What follows later is not the same barcode or number. */
export const pauseMs = 300;
/** Fewer characters in a row may be two keys that a hand has hit together. */
const shortestBarcode = 6;
/** The first group of an NHS number: one digit may be typed by accident. */
const fewestDigits = 3;

/** A scanner may end a barcode with two keys: CR and LF. */
const secondEndMs = 1_000;
/** Bluetooth, a remote desktop or a busy computer may hold the end of a barcode back for this long. */
const lateEndMs = 5_000;

/** `atMs`: the time at which the key was pressed, on any one clock. */
export function readKey(before: KeysSoFar, key: TypedKey, atMs: number, place: Place): KeyRead {
  const gapMs = atMs - before.atMs;
  const gapAllowedMs = isUnderWay(before.text) ? pauseMs : longestScannerGapMs;
  const text = gapMs <= gapAllowedMs && place === before.place ? before.text : '';
  const digits = gapMs <= longestTypingGapMs && place === 'elsewhere' ? before.digits : '';
  const keys: KeysSoFar = { text, digits, atMs, place, lateEndUntilMs: before.lateEndUntilMs };
  switch (key.kind) {
    case 'character':
      return readCharacter(keys, key.character);
    case 'enter':
    case 'tab': {
      const byEnter = key.kind === 'enter';
      const read = readEnd(keys, byEnter);
      const takeBack = read?.kind === 'barcode' && !beginsLikeBand(text);
      const take = read !== undefined || isScannersKey(keys);
      return {
        keys: take ? { ...noKeys, lateEndUntilMs: atMs + secondEndMs } : noKeys,
        take,
        takeBack,
        read,
      };
    }
  }
}

/**
 * H4: outside a field, Enter, Tab and a blank press or leave a button. After a character at a scanner's speed they are
 * the end or a part of a barcode, however short; after a barcode that was read they are its end.
 */
function isScannersKey({ text, atMs, place, lateEndUntilMs }: KeysSoFar): boolean {
  return place === 'elsewhere' && (text !== '' || atMs <= lateEndUntilMs);
}

/** What is kept after `readPause` has read something. */
export function afterPause({ atMs }: KeysSoFar): KeysSoFar {
  return { ...noKeys, lateEndUntilMs: atMs + lateEndMs };
}

function readCharacter(before: KeysSoFar, character: string): KeyRead {
  const { text, digits, atMs, place } = before;
  const isBlank = character === ' ';
  const next = isBlank && text === '' ? '' : text + character;
  const isBand = beginsLikeBand(next);
  // A blank presses the button that has the focus.
  const isBlankInside = isBlank && (isScannersKey(before) || (place === 'elsewhere' && digits !== ''));
  return {
    keys: {
      text: next,
      digits: nextDigits(digits, character, place),
      atMs,
      place,
      lateEndUntilMs: isBlank ? before.lateEndUntilMs : Number.NEGATIVE_INFINITY,
    },
    take: isBand || isBlankInside,
    takeBack: isBand && !beginsLikeBand(text),
    read: undefined,
  };
}

/** H4: a busy computer delays the keys in the middle of a barcode; its end must not come alone. */
function isUnderWay(text: string): boolean {
  return text.length >= 4 || text.startsWith(']');
}

function nextDigits(digits: string, character: string, place: Place): string {
  if (place === 'field') return '';
  if (/^\d$/.test(character)) return digits + character;
  return /^[ -]$/.test(character) ? digits : '';
}

/** A symbology prefix, or the identifier of a patient or a member of staff. No NHS number begins with 8017 or 8018. */
function beginsLikeBand(text: string): boolean {
  return /^(?:\][A-Za-z]\d|\(?801[78])/.test(text.startsWith('\u001d') ? text.slice(1) : text);
}

function readEnd({ text, digits, place }: KeysSoFar, byEnter: boolean): Read | undefined {
  if (isBarcode(text, place)) return { kind: 'barcode', text, byEnter };
  return digits.length >= fewestDigits && byEnter ? { kind: 'digits', digits, byEnter } : undefined;
}

/** To be called when no key has come for `pauseMs`. */
export function readPause({ text, digits }: KeysSoFar): Read | undefined {
  if (beginsLikeBand(text) || isLongNumber(text)) return { kind: 'barcode', text, byEnter: false };
  return digits.length >= fewestDigits ? { kind: 'digits', digits, byEnter: false } : undefined;
}

/** In a field a person or another program may have typed anything but the form of a GS1 barcode. */
function isBarcode(text: string, place: Place): boolean {
  if (beginsLikeBand(text)) return true;
  if (place === 'elsewhere')
    return text.length >= shortestBarcode && (!/^\d+$/.test(text) || isLongNumber(text));
  const barcode = readBarcode(text);
  return text.length > 11 && !(barcode.kind === 'foreign' && barcode.what === 'unknown');
}

/** Longer than an NHS number. */
function isLongNumber(text: string): boolean {
  return /^\d{11,}$/.test(text);
}
