/**
 * Reads the user guide into blocks that the Help screen draws, so that the guide is in the application, offline, and
 * written once. It knows the part of Markdown that the guide uses, and throws at the rest, which ends the build.
 * Pictures are left out, and of a link its text is kept. The section for trainers is left out: it is about the sources.
 */
import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';
import type { GuideBlock, GuideText } from '../../shared/guide.ts';

const moduleName = 'virtual:user-guide';
const resolvedName = `\0${moduleName}`;

/** `file`: the guide. A page imports its blocks from `virtual:user-guide`. */
export function userGuide(file: string): Plugin {
  return {
    name: 'user-guide',
    resolveId: (name) => (name === moduleName ? resolvedName : undefined),
    load(name) {
      if (name !== resolvedName) return undefined;
      this.addWatchFile(file);
      return `export default ${JSON.stringify(readGuide(readFileSync(file, 'utf8')))}`;
    },
  };
}

/** Throws at what Help cannot show. */
export function readGuide(markdown: string): readonly GuideBlock[] {
  const [guide = ''] = markdown.split(/^## For trainers$/m);
  return readBlocks(guide.split('\n'));
}

const listItem = /^(?:- |\d+\. )/;

function readBlocks(lines: readonly string[]): readonly GuideBlock[] {
  const [first, ...rest] = lines;
  if (first === undefined) return [];
  if (first === '' || /^!\[[^\]]*\]\([^)]*\)$/.test(first)) return readBlocks(rest);
  const heading = /^(#{1,3}) (.+)$/.exec(first);
  if (heading !== null) {
    const level = heading[1]?.length ?? 1;
    return [{ kind: 'heading', level, text: readText(heading[2] ?? '') }, ...readBlocks(rest)];
  }
  if (/^(?:```|>|#| )/.test(first)) throw new Error(`The user guide has what Help cannot show: ${first}`);
  if (listItem.test(first)) {
    const end = endOf(lines, (line) => line === '' || listItem.test(line) || line.startsWith(' '));
    return [readList(lines.slice(0, end)), ...readBlocks(lines.slice(end))];
  }
  if (first.startsWith('|')) {
    const end = endOf(lines, (line) => line.startsWith('|'));
    return [readTable(lines.slice(0, end)), ...readBlocks(lines.slice(end))];
  }
  const end = endOf(lines, (line) => line !== '' && !line.startsWith('|') && !listItem.test(line));
  return [
    { kind: 'paragraph', text: readText(lines.slice(0, end).join(' ')) },
    ...readBlocks(lines.slice(end)),
  ];
}

/** The number of the first lines that fit. */
function endOf(lines: readonly string[], fits: (line: string) => boolean): number {
  const end = lines.findIndex((line) => !fits(line));
  return end === -1 ? lines.length : end;
}

function readList(lines: readonly string[]): GuideBlock {
  const items: string[][] = [];
  for (const line of lines) {
    const marker = listItem.exec(line)?.[0];
    if (marker !== undefined) items.push([line.slice(marker.length)]);
    else items.at(-1)?.push(line.trimStart());
  }
  const isNumbered = /^\d/.test(lines[0] ?? '');
  return { kind: 'list', isNumbered, items: items.map(readBlocks) };
}

function readTable([header = '', rule = '', ...rows]: readonly string[]): GuideBlock {
  if (!/^[|\s:-]+$/.test(rule)) throw new Error(`The user guide has a table without a header: ${header}`);
  return { kind: 'table', header: readRow(header), rows: rows.map(readRow) };
}

function readRow(line: string): readonly (readonly GuideText[])[] {
  return line
    .slice(1, -1)
    .split('|')
    .map((cell) => readText(cell.trim()));
}

const span =
  /\*\*(?<strong>.+?)\*\*|\*(?<emphasis>[^*\s][^*]*)\*|`(?<code>[^`]+)`|\[(?<link>[^\]]+)\]\([^)]*\)/g;

function readText(markdown: string): readonly GuideText[] {
  const parts: GuideText[] = [];
  let done = 0;
  const plain = (text: string): void => {
    if (text !== '') parts.push({ style: 'plain', text: text.replaceAll(/\\(.)/g, '$1') });
  };
  for (const match of markdown.matchAll(span)) {
    plain(markdown.slice(done, match.index));
    done = match.index + match[0].length;
    const { strong, emphasis, code, link } = match.groups ?? {};
    if (strong !== undefined) parts.push({ style: 'strong', text: strong.replaceAll(/[*\\]/g, '') });
    else if (emphasis !== undefined) parts.push({ style: 'emphasis', text: emphasis.replaceAll('\\', '') });
    else plain(code ?? link ?? '');
  }
  plain(markdown.slice(done));
  return parts;
}
