/** Reads one value of a policy, from JSON or from the registry, by the kind of its setting. Never throws. */
import * as v from 'valibot';
import { isJsonObject, readStrictJson } from '../../../shared/json.ts';
import type { PolicySetting } from '../../../shared/policy.ts';

/** A value as found. The registry has no booleans and no objects. */
export type RawValue =
  | { readonly from: 'json'; readonly value: unknown }
  | { readonly from: 'registry'; readonly type: string; readonly text: string };

export type ValueRead =
  | { readonly kind: 'read'; readonly value: unknown }
  /** Says what the value must be, without repeating it. */
  | { readonly kind: 'refused'; readonly expected: string };

export function readPolicyValue(setting: PolicySetting, raw: RawValue): ValueRead {
  // reg.exe writes in the code page of the console: a lost letter would make another path or name.
  if (raw.from === 'registry' && raw.text.includes('\ufffd'))
    return { kind: 'refused', expected: 'written in letters that reg.exe can show; put it into policy.json' };
  const value = raw.from === 'json' ? raw.value : fromRegistry(setting.kind, raw);
  const parsed = v.safeParse(schemaOf(setting), value);
  return parsed.success
    ? { kind: 'read', value: parsed.output }
    : { kind: 'refused', expected: describeExpected(setting) };
}

export function describeExpected(setting: PolicySetting): string {
  switch (setting.kind) {
    case 'choice':
      return `one of ${Object.keys(setting.choices).join(', ')}`;
    case 'switch':
      return 'true or false (in the registry a DWORD, 1 or 0)';
    case 'number':
      return `a whole number from ${setting.least} to ${setting.most}`;
    case 'text':
      return setting.form;
    case 'object':
      return 'an object (in the registry its JSON on one line)';
  }
}

function schemaOf(setting: PolicySetting): v.GenericSchema {
  switch (setting.kind) {
    case 'choice':
      return v.picklist(Object.keys(setting.choices));
    case 'switch':
      return v.boolean();
    case 'number':
      return v.pipe(v.number(), v.integer(), v.minValue(setting.least), v.maxValue(setting.most));
    case 'text':
      return v.pipe(v.string(), v.maxLength(2_000), v.regex(setting.pattern));
    case 'object':
      return v.custom(isJsonObject);
  }
}

/** A value of the wrong registry type becomes `undefined`, which no setting accepts. */
function fromRegistry(
  kind: PolicySetting['kind'],
  { type, text }: Extract<RawValue, { from: 'registry' }>,
): unknown {
  switch (kind) {
    case 'choice':
    case 'text':
      return type === 'REG_SZ' ? text : undefined;
    case 'switch':
      return type === 'REG_DWORD' && /^0x[01]$/.test(text) ? text === '0x1' : undefined;
    case 'number':
      return type === 'REG_DWORD' && /^0x[0-9a-f]{1,8}$/.test(text) ? Number(text) : undefined;
    case 'object':
      return type === 'REG_SZ' ? parseJson(text) : undefined;
  }
}

function parseJson(text: string): unknown {
  const json = readStrictJson(text);
  return json.kind === 'read' ? json.value : undefined;
}
