/**
 * Lays the policy over the environment file, before that is parsed: each value meets the rules of the field that it
 * takes the place of, and the rules that join fields see the result.
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

/** `environment` is what the file holds; whatever is not an object is left for its parser to name. */
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

/** A problem of the environment, and whose value it is. */
export interface Blame {
  /** At the beginning of a sentence: the setting of the policy and its place; `undefined`: the environment file's own. */
  readonly setting: string | undefined;
  /** The problem, with the settings of the policy that it also speaks of. */
  readonly problem: string;
}

/** A setting of the policy and where it is, at the beginning of a sentence. */
export function settingAt(name: PolicyName, places: PolicyPlaces): string {
  return `The policy's ${name} (in ${places[name] ?? 'an unknown place'})`;
}

/** `problem` as `parseEnvironment` says it: `platform.signer.name: is missing`. */
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
