export type Json = string | number | boolean | null | readonly Json[] | { readonly [member: string]: Json };

/**
 * JSON in one form only, so that the same entry always has the same bytes and the same hash.
 * Source: RFC 8785, "JSON Canonicalization Scheme": members sorted by UTF-16 code units, everything else as ECMAScript
 * writes it.
 */
export function canonicalJson(value: Json): string {
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`);
  return `{${members.join(',')}}`;
}

/** `Array.isArray` does not narrow a readonly array. */
function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
