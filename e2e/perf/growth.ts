/**
 * Whether memory, handles or listeners grow. The first third of the samples is left out, while caches fill and code is
 * compiled. The slope of the rest is compared with what a working day of 500 lookups may cost.
 */
import type { Sample } from './sample.ts';

/** One check of a soak, and whether it holds. */
export interface Verdict {
  readonly holds: boolean;
  readonly sentence: string;
}

/** In 500 lookups. */
const mayGrowMb = { memory: 20, mainHeap: 2, pageHeap: 2 };

export function judgeGrowth(samples: readonly Sample[]): readonly Verdict[] {
  const settled = samples.slice(Math.floor(samples.length / 3));
  if (settled.length < 3)
    return [{ holds: false, sentence: 'There are too few samples to judge growth by.' }];
  const grows = (key: 'memory' | 'mainHeap' | 'pageHeap', name: string): Verdict => {
    const slope = 500 * slopeOf(settled.map((sample) => [sample.lookups, sample[key]]));
    return {
      holds: slope <= mayGrowMb[key],
      sentence: `${name}: ${slope.toFixed(2)} MB in 500 lookups (at most ${mayGrowMb[key]})`,
    };
  };
  const flat = (key: 'resources' | 'listeners' | 'contents', name: string): Verdict => {
    const values = settled.map((sample) => sample[key]);
    // A request or a timer may run when a sample is taken, so the least values are compared.
    const half = Math.floor(values.length / 2);
    const early = Math.min(...values.slice(0, half));
    const late = Math.min(...values.slice(half));
    return { holds: late <= early, sentence: `${name}: ${early}, later ${late}` };
  };
  return [
    grows('memory', 'memory of all processes'),
    grows('mainHeap', 'heap of the main process'),
    grows('pageHeap', 'heap of the page'),
    flat('resources', 'handles of the main process'),
    flat('listeners', 'listeners'),
    flat('contents', 'web contents'),
  ];
}

/** Units of y for one of x, by least squares: how steeply a figure grows. */
export function slopeOf(points: readonly (readonly [number, number])[]): number {
  const meanX = points.reduce((sum, [x]) => sum + x, 0) / points.length;
  const meanY = points.reduce((sum, [, y]) => sum + y, 0) / points.length;
  const covariance = points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0);
  const variance = points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
  return variance === 0 ? 0 : covariance / variance;
}
