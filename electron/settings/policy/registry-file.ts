/**
 * Reads a file of `reg.exe export`. Unlike what `reg.exe query` prints, it has every letter: a query prints in the code page
 * of the console, and without a word makes an S of a Š.
 * Source: Microsoft, "How to add, modify, or delete registry subkeys and values by using a .reg file".
 */

const firstLine = /^Windows Registry Editor Version 5\.00\r?\n/;

/**
 * The texts (`REG_SZ`) and lists (`REG_MULTI_SZ`, each line on a line) of one key by name, without those of the keys below it.
 * Returns `undefined` for any other file.
 */
export function parseRegistryFile(text: string, key: string): ReadonlyMap<string, string> | undefined {
  if (!firstLine.test(text)) return undefined;
  const texts = new Map<string, string>();
  let isOurs = false;
  for (const { 1: section, 2: name, 3: quoted, 4: rest = '' } of text.matchAll(line)) {
    if (section !== undefined) isOurs = section.toLowerCase() === key.toLowerCase();
    else if (isOurs && name !== undefined) {
      const value = quoted === undefined ? listOf(rest) : unescaped(quoted);
      if (value !== undefined) texts.set(unescaped(name), value);
    }
  }
  return texts;
}

/** `[key]`, `"name"="text"` (which may go over lines) or `"name"=type:bytes` (a backslash goes on to the next line). The default value, `@`, is no setting. */
const line = /^(?:\[([^\r\n]+)\]|"((?:[^"\\]|\\.)*)"=(?:"((?:[^"\\]|\\.)*)"|((?:\\\r?\n|[^\r\n])*)))/gm;

/** A list is UTF-16, each line ended by a zero. */
function listOf(rest: string): string | undefined {
  const [, list] = /^hex\(7\):([\s\S]*)$/i.exec(rest) ?? [];
  if (list === undefined) return undefined;
  const bytes = Buffer.from(list.replaceAll(/[^0-9a-f]/gi, ''), 'hex');
  return bytes.toString('utf16le').replace(/\0+$/, '').replaceAll('\0', '\n');
}

function unescaped(text: string): string {
  return text.replaceAll(/\\(.)/gs, '$1');
}
