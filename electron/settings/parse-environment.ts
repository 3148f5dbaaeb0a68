/** Turns a JSON value into an environment, or lists its problems. */
import * as v from 'valibot';
import { type Environment, environmentSchema } from './environment.ts';
import { describeProblem } from './environment-problem.ts';
import { readFormerSettings } from './former-settings.ts';
import { applyPreset } from './presets.ts';
import { validateEnvironment } from './validate-environment.ts';

export type EnvironmentParse =
  /** `notes`: what the file says in the words of an earlier version. */
  | { readonly kind: 'valid'; readonly environment: Environment; readonly notes: readonly string[] }
  /** One sentence a field, each naming the field: `cis2.issuer: must be a URL`. Values are never repeated. */
  | { readonly kind: 'invalid'; readonly problems: readonly [string, ...string[]] };

/** Merges the file into its preset, and validates the schema and the rules across fields. Never throws. */
export function parseEnvironment(value: unknown): EnvironmentParse {
  const { value: present, notes } = readFormerSettings(value);
  const result = v.safeParse(environmentSchema, applyPreset(present));
  if (!result.success) {
    const [first, ...rest] = result.issues;
    return { kind: 'invalid', problems: [describeProblem(first), ...rest.map(describeProblem)] };
  }
  const [first, ...rest] = validateEnvironment(result.output);
  return first === undefined
    ? { kind: 'valid', environment: result.output, notes }
    : { kind: 'invalid', problems: [first, ...rest] };
}
