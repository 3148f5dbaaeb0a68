/** Figures beside their goals, as a table for the terminal and as data. */

export interface Figure {
  readonly name: string;
  /** Medians with the least and the most: "412 ms (398–440) ÷ 361 ms (350–371)". */
  readonly measured: string;
  readonly value: number;
  readonly goal: number;
}

/** The median of `values` over that of `floor`. */
export function ratio(
  name: string,
  values: readonly number[],
  floor: readonly number[],
  unit: 'ms' | 'MB',
  goal: number,
): Figure {
  const measured = `${describe(values, unit)} ÷ ${describe(floor, unit)}`;
  return { name, measured, value: median(values) / median(floor), goal };
}

function describe(values: readonly number[], unit: string): string {
  const show = (value: number) => value.toFixed(value < 20 ? 1 : 0);
  return `${show(median(values))} ${unit} (${show(Math.min(...values))}–${show(Math.max(...values))})`;
}

/** Throws where nothing was measured. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = (sorted.length - 1) / 2;
  const [below, above] = [sorted[Math.floor(middle)], sorted[Math.ceil(middle)]];
  if (below === undefined || above === undefined) throw new Error('Nothing was measured.');
  return (below + above) / 2;
}

export function tableOf(figures: readonly Figure[]): string {
  const width = Math.max(...figures.map(({ name }) => name.length));
  return figures
    .map(({ name, measured, value, goal }) => {
      const verdict = value <= goal ? 'reached' : 'NOT YET';
      return `${name.padEnd(width)}  ${value.toFixed(2)} ×  ≤ ${goal.toFixed(2)}  ${verdict}  ${measured}`;
    })
    .join('\n');
}
