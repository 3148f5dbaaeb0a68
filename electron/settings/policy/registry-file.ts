/**
 * Reads a file of `reg.exe export`. Unlike what `reg.exe query` prints, it has every letter: a query prints in the code page
 * of the console, and without a word makes an S of a Š.
 * Source: Microsoft, "How to add, modify, or delete registry subkeys and values by using a .reg file".
 */
import type { RawValue } from './policy-value.ts';

const firstLine = /^Windows Registry Editor Version 5\.00\r?\n/;

/** The values of one key, without those of the keys below it. Returns `undefined` for any other file. */
export function parseRegistryFile(text: string, key: string): ReadonlyMap<string, RawValue> | undefined {
  if (!firstLine.test(text)) return undefined;
  const values = new Map<string, RawValue>();
  let isOurs = false;
  for (const { 1: section, 2: name, 3: quoted, 4: rest = '' } of text.matchAll(line)) {
    if (section !== undefined) isOurs = section.toLowerCase() === key.toLowerCase();
    else if (isOurs && name !== undefined)
      values.set(unescaped(name), quoted === undefined ? typed(rest) : string(unescaped(quoted)));
  }
  return values;
}

/** `[key]`, `"name"="text"` (which may go over lines) or `"name"=type:bytes` (a backslash goes on to the next line). The default value, `@`, is no setting. */
const line = /^(?:\[([^\r\n]+)\]|"((?:[^"\\]|\\.)*)"=(?:"((?:[^"\\]|\\.)*)"|((?:\\\r?\n|[^\r\n])*)))/gm;

function string(text: string): RawValue {
  return { from: 'registry', type: 'REG_SZ', text };
}

/** A list is UTF-16, each line ended by a zero. The bytes of other types are of no use: no setting has such a type. */
function typed(rest: string): RawValue {
  const [, list] = /^hex\(7\):([\s\S]*)$/i.exec(rest) ?? [];
  if (list !== undefined) {
    const bytes = Buffer.from(list.replaceAll(/[^0-9a-f]/gi, ''), 'hex');
    const lines = bytes.toString('utf16le').replace(/\0+$/, '').split('\0');
    return { from: 'registry', type: 'REG_MULTI_SZ', text: lines.join('\n') };
  }
  const [, digits] = /^dword:([0-9a-f]{8})$/i.exec(rest) ?? [];
  return digits === undefined
    ? { from: 'registry', type: 'another', text: '' }
    : { from: 'registry', type: 'REG_DWORD', text: `0x${Number.parseInt(digits, 16).toString(16)}` };
}

function unescaped(text: string): string {
  return text.replaceAll(/\\(.)/gs, '$1');
}
