/** Writes the evidence of docs/hazard-log.md: the rows of each hazard, and the last table, of those that are not switched off. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Row } from './control.ts';
import { rows } from './controls.ts';
import { root } from './stale-entry.ts';
import { findTitle } from './test-title.ts';

export const hazardLog = path.join(root, 'docs', 'hazard-log.md');

/** Everything else of the text stays. Throws where a section or a table is missing. */
export function writeEvidence(text: string): string {
  const sections = text.split(/^(?=###? )/m);
  const unlogged = rows.find(({ hazard }) => !text.includes(`\n### ${hazard}\n`));
  if (unlogged !== undefined) throw new Error(`docs/hazard-log.md has no section ${unlogged.hazard}.`);
  const written = sections.map((section) => {
    const hazard = /^### (H\d+)$/m.exec(section)?.[1];
    const own = rows.filter((row) => row.hazard === hazard);
    if (hazard !== undefined) return replaceTable(section, 'control | in | shown by', own.map(evidenceOf));
    if (!section.startsWith('## Rows that are not switched off')) return section;
    return replaceTable(
      section,
      'row | why',
      rows.flatMap((row) => ('why' in row ? [`${row.control} | ${row.why}`] : [])),
    );
  });
  return written.join('');
}

function replaceTable(section: string, head: string, lines: readonly string[]): string {
  const start = section.indexOf(`| ${head} |\n`);
  if (start === -1) throw new Error(`docs/hazard-log.md has no table "${head}" in: ${section.slice(0, 40)}`);
  const table = section.slice(start).split('\n');
  const rest = table.slice(table.findIndex((line) => !line.startsWith('|')));
  const [header = '', rule = ''] = table;
  return [section.slice(0, start) + header, rule, ...lines.map((line) => `| ${line} |`), ...rest].join('\n');
}

function evidenceOf(row: Row): string {
  const control = 'find' in row ? `${row.control} ✓` : row.control;
  return `${control} | \`${row.file}\` | ${shownBy(row)}`;
}

/** A title that goes on, or stands for several, ends with "…". */
function shownBy({ testFile, test = '' }: Row): string {
  if (testFile === undefined) return 'not shown by a test';
  const isWhole = findTitle(readFileSync(path.join(root, testFile), 'utf8'), test) === 'whole';
  return `\`${testFile}\`: ${isWhole ? test : `${test.trim()} …`}`;
}
