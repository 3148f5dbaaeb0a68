/** What the run gives these tests by environment variables; see `build/windows/run-windows-tests.ts`. */

export type Given =
  /** The folder of the compiled `programs/*.c`. */
  | 'PROGRAMS'
  /** The bundle of `programs.ts`. */
  | 'BUNDLE'
  /** `cpis-viewer.admx`. */
  | 'TEMPLATE'
  /** An empty disk of 128 kB. */
  | 'SMALL_DISK'
  /** A disk that cannot be written, with the folder of a user in it. */
  | 'READ_ONLY_DISK'
  /** The folder of the test installers. */
  | 'INSTALLERS';

/** Throws where the run has not given it. */
export function given(name: Given): string {
  const value = process.env[`CPIS_VIEWER_${name}`];
  if (value === undefined) throw new Error(`CPIS_VIEWER_${name} is not set: run "npm run test:windows".`);
  return value;
}
