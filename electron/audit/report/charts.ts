/**
 * The charts of a report, as SVG that stands by itself: no script, no font, no style from elsewhere. The scales and their ticks
 * are d3-scale's, the lightest that is well kept: for bars, libraries that also draw (ECharts, Vega) bring many times its size.
 */
import { scaleBand, scaleLinear } from 'd3-scale';
import { type Html, html } from './html.ts';
import { fewest, type ShownCount } from './small-numbers.ts';

export interface Bar {
  readonly label: string;
  readonly count: ShownCount;
}

const width = 680;
const bar = '#005eb8';
const ink = '#212b32';
const muted = '#4c6272';
const grid = '#d8dde0';

/** A count from 1 to 7 has an outlined bar of one length, since its own is not told. */
const fewLength = fewest / 2;
const lengthOf = (count: ShownCount) => (count === 'few' ? fewLength : count);

export interface ColumnChart {
  /** Unique on the page. */
  readonly id: string;
  /** For those who do not see the chart. */
  readonly description: string;
  readonly columns: readonly Bar[];
  /** Columns that lie on a darker ground, by their index. */
  readonly isShaded?: (index: number) => boolean;
  /** What the ground means. */
  readonly shadedMeans?: string;
}

/** Columns of counts, one beside the other. */
export function columnChart({ id, description, columns, isShaded, shadedMeans }: ColumnChart): Html {
  const [height, left, right, top, bottom] = [210, 44, 4, 18, 24];
  const x = scaleBand<number>()
    .domain(columns.map((_column, index) => index))
    .range([left, width - right])
    .paddingInner(columns.length > 40 ? 0.15 : 0.25)
    .paddingOuter(0.1);
  const most = Math.max(fewest, ...columns.map(({ count }) => lengthOf(count)));
  const y = scaleLinear()
    .domain([0, most])
    .nice(4)
    .range([height - bottom, top]);
  const labelEvery = Math.ceil(columns.length / (longestLabel(columns) > 4 ? 9 : 24));
  const at = (index: number) => x(index) ?? 0;
  return figure(id, description, height, [
    columns.map((_column, index) =>
      isShaded?.(index) === true
        ? html`<rect x="${px(at(index) - (x.step() - x.bandwidth()) / 2)}" y="${top}" width="${px(x.step() + 0.5)}" height="${height - bottom - top}" fill="#eef1f3"/>`
        : undefined,
    ),
    shadedMeans === undefined
      ? undefined
      : html`<text x="${px(at(0))}" y="${top - 6}" fill="${muted}" font-size="11">${shadedMeans}</text>`,
    y
      .ticks(4)
      .filter(Number.isInteger)
      .map(
        (
          tick,
        ) => html`<line x1="${left}" x2="${width - right}" y1="${px(y(tick))}" y2="${px(y(tick))}" stroke="${tick === 0 ? ink : grid}"/>
        <text x="${left - 6}" y="${px(y(tick) + 4)}" text-anchor="end" fill="${muted}" font-size="11">${tick.toLocaleString('en-GB')}</text>`,
      ),
    columns.map(({ label, count }, index) => {
      const length = lengthOf(count);
      const middle = at(index) + x.bandwidth() / 2;
      return html`${
        length === 0
          ? undefined
          : html`<rect x="${px(at(index))}" y="${px(y(length))}" width="${px(x.bandwidth())}" height="${px(y(0) - y(length))}" ${paint(count, bar)}/>`
      }${
        index % labelEvery === 0
          ? html`<text x="${px(middle)}" y="${height - bottom + 16}" text-anchor="middle" fill="${muted}" font-size="11">${label}</text>`
          : undefined
      }`;
    }),
  ]);
}

/** One bar of a table: as long as its cell for `most`. The cell beside it has the number. */
export function rowBar(count: ShownCount, most: number): Html {
  const length = scaleLinear()
    .domain([0, Math.max(fewest, most)])
    .range([0, 100])(lengthOf(count));
  return html`<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect width="${px(length)}" height="8" ${paint(count, bar)}/></svg>`;
}

/** The longest bar of a table, which `rowBar` measures the others by. */
export function mostOf(rows: readonly { readonly count: ShownCount }[]): number {
  return Math.max(0, ...rows.map(({ count }) => lengthOf(count)));
}

export interface StackChart {
  readonly id: string;
  readonly description: string;
  /** The parts of each row are in the order of `parts`. */
  readonly rows: readonly { readonly label: string; readonly counts: readonly ShownCount[] }[];
  readonly parts: readonly string[];
}

/** They differ in lightness, so that they are told apart in print and by those who see few colours. */
const partColours = ['#330072', '#a6b5c0', '#ffb81c', '#c8341b', '#425563', '#00796b', '#7c2855'];
/** Of Arial at 12 pixels, on average. */
const widthOfLetter = 6.3;
const colourOf = (index: number) => partColours[index % partColours.length] ?? ink;

/** One bar a row, in parts one behind the other. */
export function stackChart({ id, description, rows, parts }: StackChart): Html {
  const [rowHeight, left, right, top] = [40, 130, 4, 34];
  const height = top + rows.length * rowHeight;
  const total = (counts: readonly ShownCount[]) =>
    counts.reduce<number>((sum, count) => sum + lengthOf(count), 0);
  const x = scaleLinear()
    .domain([0, Math.max(fewest, ...rows.map(({ counts }) => total(counts)))])
    .range([left, width - right]);
  const used = parts
    .map((name, index) => ({ name, index }))
    .filter(({ index }) => rows.some(({ counts }) => lengthOf(counts[index] ?? 0) > 0));
  let legendEnd = left;
  return figure(id, description, height, [
    used.map(({ name, index }) => {
      const at = legendEnd;
      legendEnd += 34 + name.length * widthOfLetter;
      return html`<rect x="${px(at)}" y="4" width="12" height="12" fill="${colourOf(index)}"/>
        <text x="${px(at + 17)}" y="14" fill="${ink}" font-size="12">${name}</text>`;
    }),
    rows.map(({ label, counts }, row) => {
      const rowTop = top + row * rowHeight;
      let before = 0;
      return html`<text x="${left - 8}" y="${rowTop + 19}" text-anchor="end" fill="${ink}" font-size="12">${label}</text>${counts.map(
        (count, index) => {
          const [from, to] = [x(before), x(before + lengthOf(count))];
          before += lengthOf(count);
          if (to === from) return undefined;
          return html`<rect x="${px(from)}" y="${rowTop}" width="${px(Math.max(1.5, to - from - 1))}" height="${rowHeight - 12}" ${paint(count, colourOf(index))}/>`;
        },
      )}`;
    }),
  ]);
}

function figure(id: string, description: string, height: number, content: Parameters<typeof html>[1]): Html {
  return html`<svg viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="${id}-text" font-family="Arial, sans-serif"><title id="${id}-text">${description}</title>
    ${content}</svg>`;
}

function paint(count: ShownCount, colour: string): Html {
  return count === 'few'
    ? html`fill="#ffffff" stroke="${colour}" stroke-width="1.5" vector-effect="non-scaling-stroke"`
    : html`fill="${colour}"`;
}

function longestLabel(columns: readonly Bar[]): number {
  return Math.max(0, ...columns.map(({ label }) => label.length));
}

/** Coordinates to a tenth are finer than print. */
function px(value: number): string {
  return String(Math.round(value * 10) / 10);
}
