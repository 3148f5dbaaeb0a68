/**
 * Phone numbers as clinical screens show them: no UK country code, no brackets, a space after the area code, and
 * in a local number of more than six digits a space before the last four. Source: NHS Common User Interface,
 * "Telephone Number Input and Display"; lengths of area codes from Ofcom's national telephone numbering plan.
 *
 * Anything that is not surely a UK number of full length is shown exactly as it came: a wrong grouping of a number
 * that is dialled under pressure is worse than none (H7).
 */
import type { PhoneNumber } from './cp-is.ts';

/** The characters allowed between the digits of a number. */
const separators = /[\s().-]/g;

/**
 * Area codes, longest first where one begins another, with the length of the local number after them. Numbers of the few
 * areas with one digit fewer stay unchanged: most such numbers lack a digit.
 */
const numberingPlan: readonly { readonly areaCode: RegExp; readonly localLength: number }[] = [
  // A few rural areas whose code has five digits after the 0.
  { areaCode: /^0(?:15396|1697[347]|1768[347]|19467|1975[56])/, localLength: 5 },
  { areaCode: /^0(?:11\d|1\d1)/, localLength: 7 },
  { areaCode: /^01\d{3}/, localLength: 6 },
  { areaCode: /^02[03489]/, localLength: 8 },
  { areaCode: /^0[389]\d{2}/, localLength: 7 },
  { areaCode: /^0(?:500|800)/, localLength: 6 },
  { areaCode: /^07\d{3}/, localLength: 6 },
];

/** Groups a UK number for reading; a number that is not recognised stays unchanged, also for the clipboard. */
export function formatPhone(given: string): PhoneNumber {
  const national = toNational(given);
  const text = national === undefined ? undefined : groupNational(national);
  return text === undefined || national === undefined
    ? { text: given, copy: given, looksIncomplete: looksIncomplete(given) }
    : { text, copy: national, looksIncomplete: false };
}

/** Digits alone, and too few: a national number of up to ten digits that fits no area code, or one without code or 0. */
function looksIncomplete(given: string): boolean {
  const digits = toNational(given) ?? given.trim().replace(separators, '');
  return /^0[1-9]\d{0,8}$/.test(digits) || /^[1-9]\d{3,9}$/.test(digits);
}

/** "+44 (0)20 7946 0123" and "0044 20…" as "02079460123". `undefined` for other text. */
function toNational(given: string): string | undefined {
  const dialled = given.trim();
  const abroad = /^(?:\+|00)\s*44(?<rest>.*)$/.exec(dialled)?.groups?.['rest'];
  const digits =
    abroad === undefined
      ? dialled.replace(separators, '')
      : `0${abroad.replace(separators, '').replace(/^0/, '')}`;
  return /^0[1-9]\d{7,9}$/.test(digits) ? digits : undefined;
}

function groupNational(digits: string): string | undefined {
  for (const { areaCode, localLength } of numberingPlan) {
    const area = areaCode.exec(digits)?.[0];
    if (area === undefined) continue;
    const local = digits.slice(area.length);
    if (local.length === localLength) return `${area} ${groupLocal(local)}`;
  }
  return undefined;
}

function groupLocal(local: string): string {
  return local.length > 6 ? `${local.slice(0, -4)} ${local.slice(-4)}` : local;
}
