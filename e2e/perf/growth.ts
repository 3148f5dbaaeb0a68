/**
 * Whether anything grows. The first third of a day is left out: caches fill, code is compiled. What counts is the slope
 * of the rest, against what a working day of 500 lookups may cost.
 */
import type { Sample } from './sample.ts';
import { slopeOf } from './statistics.ts';

/** One thing that was looked into, and whether it is as it should be. */
export interface Verdict {
  readonly holds: boolean;
  readonly sentence: string;
}

/** Megabytes in 500 lookups. */
const mayGrow = { memory: 20, mainHeap: 2, pageHeap: 2 };

export function judgeGrowth(samples: readonly Sample[]): readonly Verdict[] {
  const settled = samples.slice(Math.floor(samples.length / 3));
  if (settled.length < 3)
    return [{ holds: false, sentence: 'There are too few samples to judge growth by.' }];
  const grows = (key: 'memory' | 'mainHeap' | 'pageHeap', name: string): Verdict => {
    const slope = 500 * slopeOf(settled.map((sample) => [sample.lookups, sample[key]]));
    return {
      holds: slope <= mayGrow[key],
      sentence: `${name}: ${slope.toFixed(2)} MB in 500 lookups (at most ${mayGrow[key]})`,
    };
  };
  const flat = (key: 'resources' | 'listeners' | 'contents', name: string): Verdict => {
    const values = settled.map((sample) => sample[key]);
    // A request or a timer may be under way when a sample is taken: what counts is that the floor does not rise.
    const half = Math.floor(values.length / 2);
    const early = Math.min(...values.slice(0, half));
    const late = Math.min(...values.slice(half));
    return { holds: late <= early, sentence: `${name}: ${early}, later ${late}` };
  };
  return [
    grows('memory', 'memory of all processes'),
    grows('mainHeap', 'heap of the main process'),
    grows('pageHeap', 'heap of the page'),
    flat('resources', "what keeps the main process's event loop"),
    flat('listeners', 'listeners'),
    flat('contents', 'web contents'),
  ];
}
