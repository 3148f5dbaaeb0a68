/**
 * The policy of this workstation. Machine over user; what cannot be read is taken as it was last; a value that is not
 * right is refused by its name and taken as it was last, or not at all.
 */
import { type Policy, type PolicyName, type PolicySetting, policySettings } from '../../../shared/policy.ts';
import type { JsonObject } from './json-object.ts';
import type { LastGoodPolicy } from './last-good-policy.ts';
import type { PolicySource } from './policy-source.ts';
import { describeExpected, readPolicyValue } from './policy-value.ts';

export interface PolicyRead {
  readonly policy: Policy;
  /** One sentence each, for the Sign in screen and the log. Names of settings, never values. */
  readonly problems: readonly string[];
}

/** `sources` in the order of their weight. */
export async function readPolicy(
  sources: readonly PolicySource[],
  lastGood: LastGoodPolicy,
): Promise<PolicyRead> {
  const kept = readKept(await lastGood.read());
  const values: Record<string, unknown> = {};
  const problems: string[] = [];

  for (const source of sources.toReversed()) {
    switch (source.kind) {
      case 'absent':
        break;
      case 'failed':
        problems.push(`The policy could not be read (${source.problem}); the last one that could applies.`);
        Object.assign(values, kept);
        break;
      case 'read':
        for (const [name, raw] of source.values) {
          if (!isPolicyName(name)) {
            problems.push(`The policy has a setting that is not known: ${name.slice(0, 60)}.`);
            continue;
          }
          const setting: PolicySetting = policySettings[name];
          const read = readPolicyValue(setting, raw);
          if (read.kind === 'read') values[name] = read.value;
          else {
            problems.push(`The policy's ${name} is refused: it must be ${describeExpected(setting)}.`);
            if (name in kept) values[name] = kept[name];
          }
        }
        break;
    }
  }
  if (sources.every(({ kind }) => kind !== 'failed')) await lastGood.keep(values);
  // Each value has just been parsed by the setting of its own name.
  return { policy: values as Policy, problems };
}

function readKept(json: JsonObject): JsonObject {
  const read = Object.entries(json).flatMap(([name, value]) => {
    if (!isPolicyName(name)) return [];
    const parsed = readPolicyValue(policySettings[name], { from: 'json', value });
    return parsed.kind === 'read' ? [[name, parsed.value] as const] : [];
  });
  return Object.fromEntries(read);
}

function isPolicyName(name: string): name is PolicyName {
  return Object.hasOwn(policySettings, name);
}
