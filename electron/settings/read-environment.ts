/**
 * Finds and reads the environment file: the one on the command line in development and test builds, else the one that
 * the site's administrator installed for the whole machine. A wrong file is named, with the field; it is never
 * replaced by a guess.
 */
import path from 'node:path';
import { readJsonFile } from '../files/read-json-file.ts';
import type { Environment } from './environment.ts';
import { parseEnvironment } from './parse-environment.ts';
import type { Blame } from './policy/apply-policy.ts';

/** So many are said; one is enough for a file to be refused. */
const mostProblems = 3;

export type EnvironmentRead =
  | { readonly kind: 'read'; readonly environment: Environment; readonly file: string }
  | { readonly kind: 'unusable'; readonly problem: string };

/** The policy over the file: what of the environment is not the file's own. */
export interface EnvironmentOverlay {
  /** Lays it over what the file holds, before that is parsed. */
  readonly lay: (value: unknown) => unknown;
  readonly blame: (problem: string) => Blame;
  /** What names the file, at the beginning of a sentence, where it is not in its usual place. */
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
  if (parsed.kind === 'valid') return { kind: 'read', environment: parsed.environment, file };
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
