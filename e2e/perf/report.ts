/** Figures beside their goals, as a table for the terminal and as data. */

export interface Figure {
  readonly name: string;
  /** Medians with the least and the most: "412 ms (398–440) ÷ 361 ms (350–371)". */
  readonly measured: string;
  readonly value: number;
  readonly unit: '×' | 'round trips';
  /** `undefined`: none was set. */
  readonly goal: number | undefined;
}

/** The median of `values` over that of `floor`, or another quantile `at`. */
export function ratio(
  name: string,
  values: readonly number[],
  floor: readonly number[],
  unit: 'ms' | 'MB',
  goal: number,
  at = 0.5,
): Figure {
  const measured = `${describe(values, unit, at)} ÷ ${describe(floor, unit, at)}`;
  return { name, measured, value: quantile(values, at) / quantile(floor, at), unit: '×', goal };
}

/** The most of `values` over `goalMs`. */
export function slowest(name: string, values: readonly number[], goalMs: number): Figure {
  return {
    name,
    measured: describe(values, 'ms', 0.5),
    value: Math.max(...values) / goalMs,
    unit: '×',
    goal: 1,
  };
}

function describe(values: readonly number[], unit: string, at: number): string {
  const show = (value: number) => value.toFixed(value < 20 ? 1 : 0);
  return `${show(quantile(values, at))} ${unit} (${show(Math.min(...values))}–${show(Math.max(...values))})`;
}

/** Between the two values beside it, in proportion. Throws where nothing was measured. */
export function quantile(values: readonly number[], at: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  const place = (sorted.length - 1) * at;
  const [below, above] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  if (below === undefined || above === undefined) throw new Error('Nothing was measured.');
  return below + (above - below) * (place - Math.floor(place));
}

export function tableOf(figures: readonly Figure[]): string {
  const width = Math.max(...figures.map(({ name }) => name.length));
  return figures
    .map(({ name, measured, value, unit, goal }) => {
      const verdict =
        goal === undefined ? '' : `≤ ${goal.toFixed(2)}  ${value <= goal ? 'reached' : 'NOT YET'}`;
      return `${name.padEnd(width)}  ${value.toFixed(2)} ${unit}  ${verdict.padEnd(15)}  ${measured}`;
    })
    .join('\n');
}
