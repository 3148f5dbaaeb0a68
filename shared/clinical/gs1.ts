/** What a GS1 barcode identifies, by its first application identifier. Source: GS1 General Specifications, section 3. */

export type ForeignBarcode = 'product' | 'package' | 'staff' | 'place' | 'equipment' | 'unknown';

const identifiers: readonly (readonly [RegExp, ForeignBarcode])[] = [
  [/^\(?0[12]\)?\d{14}/, 'product'],
  [/^\(?00\)?\d{18}/, 'package'],
  [/^\(?8017\)?\d{18}/, 'staff'],
  [/^\(?41[04]\)?\d{13}/, 'place'],
  [/^\(?800[34]\)?\w/, 'equipment'],
];
/** The product numbers of retail: EAN-8, UPC-A, EAN-13 and GTIN-14. */
const bareProduct = /^(?:\d{8}|\d{12,14})$/;

/** `scanned` with its symbology prefix, `fields` without it and between separators. */
export function foreignBarcode(scanned: string, fields: readonly string[]): ForeignBarcode {
  const first = fields[0] ?? '';
  const known = identifiers.find(([form]) => form.test(first));
  if (known !== undefined) return known[1];
  const isProduct = bareProduct.test(first) && (hasValidGs1CheckDigit(first) || /^\]E/i.test(scanned));
  return isProduct ? 'product' : 'unknown';
}

/** The last digit of a GS1 key: modulo 10, weights 3 and 1 from the right. Source: GS1 General Specifications, section 7.9. */
export function hasValidGs1CheckDigit(digits: string): boolean {
  const sum = Array.from(digits, Number)
    .reverse()
    .reduce((total, digit, index) => total + digit * (index % 2 === 0 ? 1 : 3), 0);
  return sum % 10 === 0;
}

/** What the screen says of a barcode that is no wristband. */
export function explainForeignBarcode(what: ForeignBarcode): string {
  return `This barcode is not an NHS wristband: ${kinds[what]}.`;
}

const kinds: Readonly<Record<ForeignBarcode, string>> = {
  product: 'it is of a medicine or another product',
  package: 'it is of a package',
  staff: 'it is of a member of staff',
  place: 'it is of a place',
  equipment: 'it is of a piece of equipment',
  unknown: 'the viewer does not know what it is of',
};
