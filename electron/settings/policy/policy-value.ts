import * as v from 'valibot';
import { isJsonObject, readStrictJson } from '../../../shared/json.ts';
import type { PolicySetting } from '../../../shared/policy.ts';

/** A value as found. The registry has no booleans and no objects. */
export type RawValue =
  | { readonly from: 'json'; readonly value: unknown }
  /** `text` of a `REG_MULTI_SZ`: its lines, each on a line. */
  | { readonly from: 'registry'; readonly type: string; readonly text: string };

export type ValueRead =
  | {
      readonly kind: 'read';
      readonly value: unknown;
      /** Of a list: the lines that are left out because they are not right, counted from 1. */
      readonly refusedLines?: readonly number[];
    }
  /** Says what the value must be, without repeating it. */
  | { readonly kind: 'refused'; readonly expected: string };

/** Reads one value of a policy, from JSON or from the registry, by the kind of its setting. Never throws. */
export function readPolicyValue(setting: PolicySetting, raw: RawValue): ValueRead {
  // A letter that is not sure would make another path or name.
  if (raw.from === 'registry' && raw.text.includes('\ufffd'))
    return {
      kind: 'refused',
      expected: 'of plain letters where it stands in the registry; put it into policy.json',
    };
  const value = raw.from === 'json' ? raw.value : fromRegistry(setting.kind, raw);
  if (setting.kind === 'lines') return readLines(setting, value);
  const parsed = v.safeParse(schemaOf(setting), value);
  return parsed.success
    ? { kind: 'read', value: parsed.output }
    : { kind: 'refused', expected: describeExpected(setting) };
}

/** Refused as a whole where it is no list, or no line of it is right. */
function readLines(setting: LinesSetting, value: unknown): ValueRead {
  const parsed = v.safeParse(v.array(v.unknown()), value);
  const lines = parsed.success ? parsed.output : [];
  const isRight = (line: unknown, index: number): line is string =>
    index < setting.most && typeof line === 'string' && setting.pattern.test(line);
  const right = lines.filter(isRight);
  if (right.length === 0) return { kind: 'refused', expected: describeExpected(setting) };
  const refusedLines = lines.flatMap((line, index) => (isRight(line, index) ? [] : [index + 1]));
  return { kind: 'read', value: right, ...(refusedLines.length > 0 && { refusedLines }) };
}

type LinesSetting = Extract<PolicySetting, { kind: 'lines' }>;

function describeExpected(setting: PolicySetting): string {
  switch (setting.kind) {
    case 'choice':
      return `one of ${Object.keys(setting.choices).join(', ')}`;
    case 'switch':
      return 'true or false (in the registry a DWORD, 1 or 0)';
    case 'number':
      return `a whole number from ${setting.least} to ${setting.most}`;
    case 'text':
      return setting.form;
    case 'lines':
      return `a list (in the registry a REG_MULTI_SZ) of at most ${setting.most} lines, each ${setting.form}`;
    case 'object':
      return 'an object (in the registry its JSON on one line)';
  }
}

function schemaOf(setting: Exclude<PolicySetting, { kind: 'lines' }>): v.GenericSchema {
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
    case 'lines':
      return type === 'REG_MULTI_SZ' ? text.split('\n') : undefined;
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
