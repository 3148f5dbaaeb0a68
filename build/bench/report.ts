/** The figures beside their goals, as a table for the terminal and as data. */
export interface Figure {
  readonly name: string;
  /** What was measured, in words that a reader can check: "412 ms (398–440) ÷ 361 ms (350–371)". */
  readonly measured: string;
  readonly value: number;
  readonly unit: '×' | 'ms' | '%' | 'kB';
  readonly goal: number;
  readonly reached: boolean;
}

export function figure(
  name: string,
  measured: string,
  value: number,
  unit: Figure['unit'],
  goal: number,
): Figure {
  return { name, measured, value, unit, goal, reached: value <= goal };
}

export function tableOf(figures: readonly Figure[]): string {
  const rows = figures.map(({ name, measured, value, unit, goal, reached }) => [
    name,
    `${show(value, unit)}`,
    `≤ ${show(goal, unit)}`,
    reached ? 'reached' : 'NOT YET',
    measured,
  ]);
  const table = [['figure', 'value', 'goal', '', 'measured'], ...rows];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...table.map((row) => (row[column] ?? '').length)));
  return table
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function show(value: number, unit: Figure['unit']): string {
  const digits = unit === '×' ? 2 : value < 10 ? 2 : value < 100 ? 1 : 0;
  return `${value.toFixed(digits)} ${unit}`;
}
