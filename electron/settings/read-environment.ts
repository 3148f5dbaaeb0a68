/**
 * Finds and reads the environment file: the one on the command line in development and test builds, else the one that
 * the site's administrator installed for the whole machine. A wrong file is named, with the field; it is never
 * replaced by a guess.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Environment } from './environment.ts';
import { parseEnvironment } from './parse-environment.ts';

export type EnvironmentRead =
  | { readonly kind: 'read'; readonly environment: Environment; readonly file: string }
  | { readonly kind: 'unusable'; readonly problem: string };

/** A file larger than this is not an environment. Bytes. */
const largestFile = 256 * 1024;

/** `overlay` is laid over what the file holds before that is parsed. Never throws. */
export async function readEnvironment(
  file: string,
  overlay: (value: unknown) => unknown,
): Promise<EnvironmentRead> {
  const name = path.basename(file);
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    return unusable(
      missing
        ? `This computer has no environment file (${name}).`
        : `The environment file (${name}) cannot be read.`,
    );
  }
  if (bytes.byteLength > largestFile) return unusable(`The environment file (${name}) is too large.`);
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return unusable(`The environment file (${name}) is not JSON.`);
  }
  const parsed = parseEnvironment(overlay(value));
  return parsed.kind === 'valid'
    ? { kind: 'read', environment: parsed.environment, file }
    : unusable(`The environment file (${name}) is not right: ${parsed.problems.slice(0, 3).join('; ')}.`);
}

function unusable(problem: string): EnvironmentRead {
  return { kind: 'unusable', problem };
}
