/** What `npm run bench` measures: the figures and their goals, how they are sampled, and how they are reported. */

/** `goal`: the most that it may be; none for what is only reported. */
type Figure = Readonly<{ name: string; goal?: number }>;

export const figures = {
  paint: { name: 'cold start to first paint ÷ empty window', goal: 1.15 },
  paintOfTemplate: { name: 'cold start to first paint ÷ template', goal: 1 },
  signInUsable: { name: 'cold start to Sign in usable ÷ empty window', goal: 1.25 },
  memory: { name: 'memory after one result ÷ empty window', goal: 1.2 },
  check: { name: "Check CP-IS to result painted ÷ empty window's page", goal: 1.5 },
  checkOfFetch: { name: 'Check CP-IS to result painted ÷ bare fetch', goal: 1.5 },
  keyRunning: { name: 'slowest key while a clinic list runs', goal: 50 },
  keyStopped: { name: 'slowest key on the stopped list', goal: 50 },
  stop: { name: '"Stop" to the screen', goal: 100 },
} satisfies Readonly<Record<string, Figure>>;

/**
 * The steps of a lookup. `redirects`: the provider's own, which do not count. `opens`: over TLS its new connection
 * costs one more.
 */
export const waits: readonly { name: string; goal: number; redirects?: number; opens?: true }[] = [
  { name: 'press to the provider’s page', goal: 3.2, opens: true },
  { name: 'consent to Find a patient', goal: 4, redirects: 2 },
  { name: 'find to Confirm patient, the first', goal: 1.1 },
  { name: 'check to answer, scheduled', goal: 1.1 },
  { name: 'plan to history', goal: 1.1 },
  { name: 'find to Confirm patient, a later one', goal: 1.1 },
  { name: 'check to answer, unscheduled', goal: 2.1, opens: true },
  // One for the provider's page, one for the code; the platform's is opened again beside them.
  { name: 'consent to Find a patient, after the services ended all', goal: 5.2, redirects: 2, opens: true },
];

/** `measured`: medians with the least and the most, as "412 ms (398–440) ÷ 361 ms (350–371)". */
export type Measured = Figure &
  Readonly<{ value: number; unit: '×' | 'ms' | 'round trips'; measured: string }>;

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

/** The median of `values` over that of `floor`, or another quantile `at`. `circumstances`: for the name of the figure. */
export function ratio(
  { name, goal }: Required<Figure>,
  unit: 'ms' | 'MB',
  [values, floor]: readonly Series[],
  circumstances = '',
  at = 0.5,
): Measured {
  const measured = `${describe(values, unit, at)} ÷ ${describe(floor, unit, at)}`;
  const value = quantile(values, at) / quantile(floor, at);
  return { name: `${name}${circumstances}`, goal, value, unit: '×', measured };
}

/** The most of `values`, milliseconds. */
export function slowest(figure: Figure, values: Series): Measured {
  return { ...figure, value: quantile(values, 1), unit: 'ms', measured: describe(values, 'ms', 0.5) };
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

/** A line each: name, value, goal, what was measured. */
export function tableOf(rows: readonly Measured[]): string {
  const width = Math.max(...rows.map(({ name }) => name.length));
  const lines = rows.map(({ name, measured, value, unit, goal }) => {
    const verdict =
      goal === undefined ? '' : `≤ ${goal.toFixed(2)}  ${value <= goal ? 'reached' : 'NOT YET'}`;
    return `${name.padEnd(width)}  ${value.toFixed(2)} ${unit}  ${verdict.padEnd(15)}  ${measured}`;
  });
  return lines.join('\n');
}
