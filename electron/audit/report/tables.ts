import type { CountRow } from './audit-report.ts';
import { mostOf, rowBar } from './charts.ts';
import { type Html, html } from './html.ts';
import type { ShownCount } from './small-numbers.ts';
import { countCell, nameText } from './words.ts';

/** More rows are in the other formats. */
const mostRows = 20;

/** A table with a bar in each row: the first twenty, and how many more there are. */
export function barTable(heading: string, rows: readonly CountRow[]): readonly Html[] {
  const left = rows.length - mostRows;
  const most = mostOf(rows);
  return [
    html`<table class="bars"><thead><tr><th scope="col">${heading}</th><th scope="col" class="number">Checks</th><td></td></tr></thead>
<tbody>${rows.slice(0, mostRows).map(({ name, count }) => html`<tr><th scope="row">${nameText(name)}</th>${cell(count)}<td>${rowBar(count, most)}</td></tr>`)}</tbody></table>`,
    left > 0 ? html`<p class="note">And ${left} more, in the CSV and JSON forms of this report.</p>` : html``,
  ];
}

/** A long table, side by side in four. */
export function columnsOf(heading: string, rows: readonly (readonly [string, ShownCount])[]): Html {
  const length = Math.ceil(rows.length / 4);
  const tables = [0, 1, 2, 3].map((index) => rows.slice(index * length, (index + 1) * length));
  return html`<div class="columns">${tables.map((part) =>
    part.length === 0
      ? undefined
      : html`<table><thead><tr><th scope="col">${heading}</th><th scope="col" class="number">Checks</th></tr></thead>
<tbody>${part.map(([name, count]) => html`<tr><th scope="row">${name}</th>${cell(count)}</tr>`)}</tbody></table>`,
  )}</div>`;
}

/** A cell with a count. */
export function cell(count: ShownCount): Html {
  return html`<td class="number">${countCell(count)}</td>`;
}
