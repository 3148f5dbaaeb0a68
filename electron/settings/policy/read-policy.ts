/**
 * Reads the policy of this workstation. The machine's policy overrides the user's. For an unreadable source the last good
 * copy applies; without a copy the policy is unknown, and no user may sign in, because the policy may contain
 * restrictions. A wrong value is reported by its name, and its last good copy applies, or none.
 */

import type { JsonObject } from '../../../shared/json.ts';
import { type Policy, type PolicyName, type PolicySetting, policySettings } from '../../../shared/policy.ts';
import type { LastGoodPolicy } from './last-good-policy.ts';
import type { PolicySource } from './policy-source.ts';
import { readPolicyValue } from './policy-value.ts';

/** By name of a setting: its file or registry key, or a note that the copy applies. */
export type PolicyPlaces = Readonly<Partial<Record<PolicyName, string>>>;

export interface PolicyRead {
  readonly policy: Policy;
  readonly places: PolicyPlaces;
  /** One sentence each, for the Sign in screen and the log. Names of settings, never values. */
  readonly problems: readonly string[];
  /** Why the policy is unknown, so that no user may sign in. */
  readonly unknown: string | undefined;
}

/** `sources`: in order of precedence, the highest first. */
export async function readPolicy(
  sources: readonly PolicySource[],
  lastGood: LastGoodPolicy,
): Promise<PolicyRead> {
  const lastGoodJson = await lastGood.read();
  const kept = readKept(lastGoodJson ?? {});
  const unknown = untrusted(sources) ?? (lastGoodJson === undefined ? firstUnknown(sources) : undefined);
  const values: Record<string, unknown> = {};
  const places: Partial<Record<PolicyName, string>> = {};
  const problems: string[] = [];

  for (const source of sources.toReversed()) {
    switch (source.kind) {
      case 'absent':
        break;
      case 'untrusted':
        break; // `unknown` stops the sign-in, and the screen says why
      case 'failed':
        for (const name of Object.keys(kept)) keep(name);
        // Otherwise `unknown` already says so on the screen.
        if (unknown === undefined)
          problems.push(
            lastGoodJson === undefined
              ? `A part of the policy could not be read (${source.problem}), and none is kept from before.`
              : `The policy could not be read (${source.problem}); the last one that could applies.`,
          );
        break;
      case 'read':
        for (const [name, raw] of source.values) {
          if (!isPolicyName(name)) {
            problems.push(
              `The policy has a setting that is not known: ${name.slice(0, 60)} (in ${source.place}).`,
            );
            continue;
          }
          const setting: PolicySetting = policySettings[name];
          const read = readPolicyValue(setting, raw);
          if (read.kind === 'read') {
            values[name] = read.value;
            places[name] = source.place;
            if (read.refusedLines !== undefined && 'form' in setting) {
              problems.push(
                `The policy's ${name} has lines that are refused: ${read.refusedLines.join(', ')}. Each must be ${setting.form} (in ${source.place}).`,
              );
            }
          } else {
            problems.push(
              `The policy's ${name} is refused: it must be ${read.expected} (in ${source.place}).`,
            );
            keep(name);
          }
        }
        break;
    }
  }
  if (sources.every(({ kind }) => kind === 'read' || kind === 'absent')) await lastGood.keep(values);
  // Each value has just been parsed by the setting of its own name.
  return { policy: values as Policy, places, problems, unknown };

  function keep(name: string): void {
    if (!isPolicyName(name) || !(name in kept)) return;
    values[name] = kept[name];
    places[name] = 'the copy kept from before';
  }
}

function untrusted(sources: readonly PolicySource[]): string | undefined {
  const source = sources.find(({ kind }) => kind === 'untrusted');
  return source?.kind === 'untrusted'
    ? `The policy of this computer cannot be trusted: ${source.problem}.`
    : undefined;
}

/** A readable source of higher precedence decides, even where a lower one cannot be read. */
function firstUnknown(sources: readonly PolicySource[]): string | undefined {
  const speaking = sources.find(({ kind }) => kind !== 'absent');
  return speaking?.kind === 'failed'
    ? `The policy of this computer could not be read (${speaking.problem}), and none is kept from before.`
    : undefined;
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
