/**
 * Lays the policy over the environment file, before that is parsed: each value meets the rules of the field that it
 * takes the place of, and the rules that join fields see the result.
 */

import { isJsonObject } from '../../../shared/json.ts';
import { type Policy, type PolicySetting, policyNames, policySettings } from '../../../shared/policy.ts';

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
