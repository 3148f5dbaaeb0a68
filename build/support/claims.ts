/** Which rows of `docs/support.md` the reports of a run do not bear out. */
import type { Result } from '../verification/tally.ts';
import { features, pathOnLinux } from './features.ts';

export interface Results {
  /** Of Playwright and of Vitest: as `features.ts` names the files. */
  readonly linux: readonly Result[];
  /** Of the Windows tests: titles of suites. `undefined` where they could not be run here. */
  readonly wine: readonly Result[] | undefined;
}

/** A sentence for each test file or suite that was not run, or not passed. */
export function unfoundedClaims({ linux, wine }: Results): readonly string[] {
  return features.flatMap((feature) => [
    ...feature.linux.flatMap((place) => {
      const found = linux.filter((one) =>
        place.endsWith('/') ? one.place.startsWith(place) : one.place === place,
      );
      return problem(feature.title, pathOnLinux(place), found);
    }),
    ...(wine === undefined
      ? []
      : feature.wine.flatMap((suite) =>
          problem(
            feature.title,
            suite,
            wine.filter(({ place }) => place === suite),
          ),
        )),
  ]);
}

function problem(title: string, place: string, found: readonly Result[]): readonly string[] {
  if (found.length === 0) return [`"${title}" is said to be shown by ${place}, which was not run.`];
  return found.every(({ passed }) => passed)
    ? []
    : [`"${title}" is said to be shown by ${place}, in which a test has failed.`];
}
