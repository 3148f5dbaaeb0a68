/**
 * Finds and reads the environment file: the one on the command line in development and test builds, else the one that
 * the site's administrator installed for the whole machine. A wrong file is named, with the field; it is never
 * replaced by a guess.
 */
import path from 'node:path';
import { readJsonFile } from '../files/read-json-file.ts';
import type { Environment } from './environment.ts';
import { parseEnvironment } from './parse-environment.ts';

export type EnvironmentRead =
  | { readonly kind: 'read'; readonly environment: Environment; readonly file: string }
  | { readonly kind: 'unusable'; readonly problem: string };

/** `overlay` is laid over what the file holds before that is parsed. Never throws. */
export async function readEnvironment(
  file: string,
  overlay: (value: unknown) => unknown,
): Promise<EnvironmentRead> {
  const name = path.basename(file);
  const read = await readJsonFile(file);
  if (read.kind === 'missing') return unusable(`This computer has no environment file (${name}).`);
  if (read.kind === 'unreadable') return unusable(`The environment file (${name}) ${read.problem}.`);
  const parsed = parseEnvironment(overlay(read.value));
  return parsed.kind === 'valid'
    ? { kind: 'read', environment: parsed.environment, file }
    : unusable(`The environment file (${name}) is not right: ${parsed.problems.slice(0, 3).join('; ')}.`);
}

function unusable(problem: string): EnvironmentRead {
  return { kind: 'unusable', problem };
}
