/**
 * Whether anything grows. The first third of a day is left out: caches fill, code is compiled. What counts is the slope
 * of the rest, against what a working day of 500 lookups may cost. Of the memory that outlives a page, what lookups take
 * is told from what a sign-in takes: Electron keeps each session until the application ends, and each sign-in has one of
 * its own (H14).
 */
import type { Finding } from './finding.ts';
import type { Sample } from './sample.ts';
import { slopeOf } from './statistics.ts';

/** Megabytes in 500 lookups. */
const mayGrow = { lasting: 20, mainHeap: 2, pageHeap: 2 };
/** Megabytes of memory in one sign-in. */
const mayTakeSignIn = 1.5;

export function judgeGrowth(samples: readonly Sample[]): readonly Finding[] {
  const settled = samples.slice(Math.floor(samples.length / 3));
  const [first] = settled;
  if (first === undefined || settled.length < 3) {
    return [{ holds: false, sentence: 'There are too few samples to judge growth by.' }];
  }
  const within = (key: keyof typeof mayGrow, name: string, slope: number): Finding => ({
    holds: 500 * slope <= mayGrow[key],
    sentence: `${name}: ${(500 * slope).toFixed(2)} MB in 500 lookups (at most ${mayGrow[key]})`,
  });
  const heap = (key: 'mainHeap' | 'pageHeap', name: string): Finding =>
    within(key, name, slopeOf(settled.map((sample) => [sample.lookups, sample[key]])));
  const { ofLookup, ofSignIn } = shareMemory(settled);
  const flat = (key: 'resources' | 'listeners' | 'contents', name: string): Finding => {
    const values = settled.map((sample) => sample[key]);
    // A request or a timer may be under way when a sample is taken: what counts is that the floor does not rise.
    const half = Math.floor(values.length / 2);
    const early = Math.min(...values.slice(0, half));
    const late = Math.min(...values.slice(half));
    return { holds: late <= early, sentence: `${name}: ${early}, later ${late}` };
  };
  return [
    within('lasting', 'memory beside the page, by lookups', ofLookup),
    {
      holds: ofSignIn <= mayTakeSignIn,
      sentence: `memory beside the page, by a sign-in: ${ofSignIn.toFixed(2)} MB (at most ${mayTakeSignIn})`,
    },
    heap('mainHeap', 'heap of the main process'),
    heap('pageHeap', 'heap of the page'),
    flat('resources', "what keeps the main process's event loop"),
    flat('listeners', 'listeners'),
    flat('contents', 'web contents'),
  ];
}

/** Megabytes that one lookup took, between samples without a sign-in, and what is left for each sign-in. */
function shareMemory(samples: readonly Sample[]): { readonly ofLookup: number; readonly ofSignIn: number } {
  const steps = samples.slice(1).map((after, index) => ({ before: samples[index] ?? after, after }));
  const grown = (among: typeof steps, key: 'lasting' | 'lookups' | 'signIns') =>
    among.reduce((sum, { before, after }) => sum + after[key] - before[key], 0);
  const quiet = steps.filter(({ before, after }) => before.signIns === after.signIns);
  const ofLookup = ratio(grown(quiet, 'lasting'), grown(quiet, 'lookups'));
  const rest = grown(steps, 'lasting') - ofLookup * grown(steps, 'lookups');
  return { ofLookup, ofSignIn: ratio(rest, grown(steps, 'signIns')) };
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
