/** How `npm run bench` samples what it measures, and how it reports that. */

/**
 * `goal`: the most that it may be; none for what is only reported. `measured`: medians with the least and the most, as
 * "412 ms (398–440) ÷ 361 ms (350–371)".
 */
export type Measured = Readonly<{ name: string; goal?: number; value: number; measured: string }> &
  Readonly<{ unit: '×' | 'ms' | 'round trips' }>;

/** Takes each in turns and logs it. What each gave, in their order, without the first `warmUps` rounds. */
export async function inTurns<Taken extends number | readonly number[]>(
  title: string,
  rounds: number,
  warmUps: number,
  measurements: Readonly<Record<string, () => Promise<Taken>>>,
): Promise<readonly (readonly Taken[])[]> {
  const all = Object.entries(measurements).map(([name, take]) => ({ name, take, series: [] as Taken[] }));
  for (let round = 1 - warmUps; round <= rounds; round += 1) {
    const words: string[] = [];
    for (const { name, take, series } of all) {
      const taken = await take();
      if (round > 0) series.push(taken);
      words.push(`${name} ${[taken].flat().map((value) => value.toFixed(0))}`);
    }
    console.log(`${title} ${round}/${rounds}: ${words.join('; ')}`);
  }
  return all.map(({ series }) => series);
}

type Series = readonly number[] | undefined;

/** The median of the first series over that of the second, or another quantile `at`. */
export function ratio(name: string, goal: number, unit: 'ms' | 'MB', series: readonly Series[], at = 0.5) {
  const [value = Number.NaN, floor = Number.NaN] = series.map((values) => quantile(values, at));
  const measured = series.map((values) => describe(values, unit, at)).join(' ÷ ');
  return { name, goal, value: value / floor, unit: '×', measured } satisfies Measured;
}

/** The most of `values`, milliseconds. */
export function slowest(name: string, goal: number, values: Series): Measured {
  return { name, goal, value: quantile(values, 1), unit: 'ms', measured: describe(values, 'ms', 0.5) };
}

function describe(values: Series, unit: string, at: number): string {
  const [middle, least, most] = [at, 0, 1].map((each) => Number(quantile(values, each).toPrecision(3)));
  return `${middle} ${unit} (${least}–${most})`;
}

/** The least value that a part `at` of them does not exceed; not a number where none was seen. */
export function quantile(values: Series, at = 0.5): number {
  const sorted = (values ?? []).filter((value) => !Number.isNaN(value)).sort((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil(at * sorted.length) - 1)] ?? Number.NaN;
}

export function reportLine({ name, measured, value, unit, goal }: Measured): string {
  const verdict = goal === undefined ? '' : `≤ ${goal.toFixed(2)}  ${value <= goal ? 'reached' : 'NOT YET'}`;
  return `${name.padEnd(66)}  ${`${value.toFixed(2)} ${unit}`.padEnd(16)}  ${verdict.padEnd(15)}  ${measured}`;
}
