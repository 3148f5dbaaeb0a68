/** docs/environments.md has a row for each field of the schema, with its default, and for no other. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { environmentSchema } from './environment.ts';
import { parseEnvironment } from './parse-environment.ts';
import { presets } from './presets.ts';

const page = await readFile(path.resolve(import.meta.dirname, '../../docs/environments.md'), 'utf8');

interface Field {
  readonly path: string;
  readonly fallback: unknown;
}

/** The schema's fields down to values and signers, which have a table of their own. */
function fieldsOf(schema: unknown, prefix: string): readonly Field[] {
  const { entries, options } = v.parse(shape, schema);
  if (options !== undefined) return options.flatMap((option) => fieldsOf(option, prefix));
  return Object.entries(entries ?? {}).flatMap(([name, entry]): readonly Field[] => {
    const field = `${prefix}${name}`;
    const { type, wrapped, default: fallback } = v.parse(shape, entry);
    const inner = v.parse(shape, type === 'optional' ? wrapped : entry);
    const isTable = inner.type === 'strict_object' || inner.type === 'variant';
    const item = inner.item === undefined ? undefined : v.parse(shape, inner.item);
    if (item?.type === 'strict_object') return [{ path: field, fallback }, ...fieldsOf(item, `${field}.`)];
    if (!isTable || /[sS]igner$/.test(name)) return [{ path: field, fallback }];
    return fieldsOf(inner, `${field}.`);
  });
}

const shape = v.object({
  type: v.optional(v.string()),
  entries: v.optional(v.record(v.string(), v.unknown())),
  options: v.optional(v.array(v.unknown())),
  item: v.optional(v.unknown()),
  wrapped: v.optional(v.unknown()),
  default: v.optional(v.unknown()),
});

const fields = new Map(fieldsOf(environmentSchema, '').map((field) => [field.path, field.fallback]));
const rows = new Map(
  [...page.matchAll(/^\| `([\w.]+)` \|(.*)\|([^|]*)\|$/gm)].map(([, name = '', , without = '']) => [
    name,
    without.replaceAll('`', '').trim(),
  ]),
);

test('every field has a row', () => {
  expect([...fields.keys()].filter((name) => !rows.has(name))).toEqual([]);
});

test('every row has a field', () => {
  // The other tables of the page.
  const kinds = ['kind', 'stored', 'pkcs11', 'remote', 'development', ...Object.keys(presets)];
  expect([...rows.keys()].filter((name) => !fields.has(name) && !kinds.includes(name))).toEqual([]);
});

test.each([...fields].filter(([, fallback]) => fallback !== undefined))(
  'the row of %s has its default',
  (name, fallback) => {
    const text = Array.isArray(fallback) ? fallback.join(' ') || 'none' : String(fallback);
    expect(rows.get(name)?.startsWith(text)).toBe(true);
  },
);

test('the published addresses are those of the presets', () => {
  for (const { cis2, platform, pds, cpis } of Object.values(presets)) {
    for (const address of [cis2.issuer, platform.tokenUrl, pds.baseUrl, cpis.baseUrl]) {
      expect(page).toContain(`\`${address}\``);
    }
  }
});

test('the file that is shown is accepted', () => {
  const [, example = ''] = /```json\n([^`]*)```/.exec(page) ?? [];
  expect(parseEnvironment(JSON.parse(example))).toMatchObject({ kind: 'valid' });
});
