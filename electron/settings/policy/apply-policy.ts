/**
 * Merges the policy into the environment file before the file is parsed: each value is validated as the field that it
 * replaces, and the rules across fields validate the result.
 */

import { isJsonObject } from '../../../shared/json.ts';
import {
  type Policy,
  type PolicyName,
  type PolicySetting,
  policyNames,
  policySettings,
} from '../../../shared/policy.ts';
import type { PolicyPlaces } from './read-policy.ts';

/** `environment`: the JSON of the file. A value that is not an object stays unchanged; its parser reports it. */
export function applyPolicy(environment: unknown, policy: Policy): unknown {
  let result = environment;
  for (const name of policyNames) {
    const { overrides }: PolicySetting = policySettings[name];
    const value = policy[name];
    if (overrides !== undefined && value !== undefined)
      result = withField(result, overrides.split('.'), value);
  }
  return result;
}

function withField(below: unknown, [name, ...rest]: readonly string[], value: unknown): unknown {
  if (name === undefined) return value;
  if (below !== undefined && !isJsonObject(below)) return below;
  return { ...below, [name]: withField(below?.[name], rest, value) };
}

/** A problem of the environment, and the source of the wrong value. */
export interface Blame {
  /** The setting of the policy and its place, to begin a sentence; `undefined`: a value of the environment file. */
  readonly setting: string | undefined;
  /** The problem, with the other settings of the policy that it mentions. */
  readonly problem: string;
}

/** Names a setting of the policy and its place, to begin a sentence. */
export function settingAt(name: PolicyName, places: PolicyPlaces): string {
  return `The policy's ${name} (in ${places[name] ?? 'an unknown place'})`;
}

/** Finds the source of a problem. `problem`: from `parseEnvironment`, such as `platform.signer.name: is missing`. */
export function blame(problem: string, policy: Policy, places: PolicyPlaces): Blame {
  const [field = ''] = problem.split(':');
  const found = policyNames.flatMap((name) => {
    const { overrides }: PolicySetting = policySettings[name];
    if (overrides === undefined || policy[name] === undefined) return [];
    return [{ overrides, setting: settingAt(name, places) }];
  });
  const own = found.find(({ overrides }) => field === overrides || field.startsWith(`${overrides}.`));
  if (own !== undefined) return { setting: own.setting, problem };
  const named = found.filter(({ overrides }) => problem.split(/[\s,:]+/).includes(overrides));
  const also = named.map(({ overrides, setting }) => `${overrides} is ${setting.replace('The', 'the')}`);
  return { setting: undefined, problem: [problem, ...also].join('; ') };
}
