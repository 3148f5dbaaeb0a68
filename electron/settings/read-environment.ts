/**
 * Reads the environment file: in development and test builds the one on the command line, else the one that the site's
 * administrator installed for the whole machine. A message names a wrong file and its field; no guess replaces it.
 */
import path from 'node:path';
import { readJsonFile } from '../files/read-json-file.ts';
import type { Environment } from './environment.ts';
import { parseEnvironment } from './parse-environment.ts';
import type { Blame } from './policy/apply-policy.ts';

/** A message lists at most so many problems. */
const mostProblems = 3;

export type EnvironmentRead =
  | {
      readonly kind: 'read';
      readonly environment: Environment;
      readonly file: string;
      /** For the desktop team: settings under a former name. */
      readonly notes: readonly string[];
    }
  | { readonly kind: 'unusable'; readonly problem: string };

/** The policy, which overrides values of the file. */
export interface EnvironmentOverlay {
  /** Merges the policy into the JSON of the file, before that is parsed. */
  readonly lay: (value: unknown) => unknown;
  readonly blame: (problem: string) => Blame;
  /** The setting that names the file, to begin a sentence; `undefined` for the usual place. */
  readonly namedBy: string | undefined;
}

/** Never rejects. */
export async function readEnvironment(file: string, overlay: EnvironmentOverlay): Promise<EnvironmentRead> {
  const name = path.basename(file);
  const read = await readJsonFile(file);
  if (read.kind === 'missing')
    return unusable(
      overlay.namedBy === undefined
        ? `This computer has no environment file (${name}).`
        : `${overlay.namedBy} names a file that is not there (${name}).`,
    );
  if (read.kind === 'unreadable') return unusable(`The environment file (${name}) ${read.problem}.`);
  const parsed = parseEnvironment(overlay.lay(read.value));
  if (parsed.kind === 'valid')
    return { kind: 'read', environment: parsed.environment, file, notes: parsed.notes };
  const subjects = new Map<string, string[]>();
  for (const { setting, problem } of parsed.problems.slice(0, mostProblems).map(overlay.blame)) {
    const subject = setting ?? `The environment file (${name})`;
    subjects.set(subject, [...(subjects.get(subject) ?? []), problem]);
  }
  return unusable(
    [...subjects].map(([subject, problems]) => `${subject} is not right: ${problems.join('; ')}.`).join(' '),
  );
}

function unusable(problem: string): EnvironmentRead {
  return { kind: 'unusable', problem };
}
