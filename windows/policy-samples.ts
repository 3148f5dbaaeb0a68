/** Values for each policy that are right, and values that are not, from the table alone. */
import { type PolicyName, type PolicySetting, policySettings } from '../shared/policy.ts';
import type { RegistryValue } from './support/registry.ts';

export interface Sample {
  readonly written: RegistryValue;
  /** What the viewer reads; `undefined`: refused. */
  readonly read: unknown;
}

/** One of them fits the pattern of each setting of the kind `text`; four spaces, quotes and `%` are in the first. */
const texts = [
  'C:\\Program Files\\Ysbyty M\u00f4n    REG_SZ    \u65e5\\100% "new".json',
  'proxy.example.nhs.uk:8080',
  'https://updates.example.nhs.uk/cpis-viewer/',
  'A'.repeat(124),
  'Safeguarding proc\u00e9dure | https://intranet.example.nhs.uk/safeguarding?a=1&b=%20',
];

const contacts = ['St Mary\u2019s safeguarding team \u0160 | 01632 960001 | 08:00 to 18:00'];

const object = { kind: 'stored', kid: 'k 1    REG_SZ    x', name: '50% "new" \\ caf\u00e9' };

/** The right ones first. */
export function samplesOf(name: PolicyName): readonly Sample[] {
  const setting = policySettings[name];
  return [
    ...rightSamples(name, setting),
    ...wrongValues(setting).map((written) => ({ written, read: undefined })),
  ];
}

function rightSamples(name: string, setting: PolicySetting): readonly Sample[] {
  switch (setting.kind) {
    case 'choice':
      return Object.keys(setting.choices).map((choice) => text(choice, choice));
    case 'switch':
      return [number(1, true), number(0, false)];
    case 'number':
      return [number(setting.least, setting.least), number(setting.most, setting.most)];
    case 'text': {
      const sample = texts.find((one) => setting.pattern.test(one));
      if (sample === undefined)
        throw new Error(`Give windows/policy-samples.ts a text for the policy ${name}.`);
      return [text(sample, sample)];
    }
    case 'lines':
      return [
        {
          written: { type: 'REG_MULTI_SZ', text: contacts.slice(0, 1).join('') },
          read: contacts.slice(0, 1),
        },
      ];
    case 'object':
      return [text(JSON.stringify(object), object)];
  }
}

/** Another type, another range, nothing, other letters. */
function wrongValues(setting: PolicySetting): readonly RegistryValue[] {
  const wrongTypes: readonly RegistryValue[] = [
    { type: 'REG_BINARY', bytes: [1, 0, 0, 0] },
    { type: 'REG_QWORD', number: 1 },
    { type: 'REG_MULTI_SZ', text: 'window' },
  ];
  switch (setting.kind) {
    case 'choice':
      return [...wrongTypes, textValue(''), textValue('caf\u00e9'), { type: 'REG_DWORD', number: 1 }];
    case 'lines':
      return [...wrongTypes, textValue(contacts.join('')), { type: 'REG_DWORD', number: 1 }];
    case 'text':
      return [
        ...wrongTypes,
        ...['', 'caf\u00e9'].filter((wrong) => !setting.pattern.test(wrong)).map(textValue),
        { type: 'REG_DWORD', number: 1 },
      ];
    case 'switch':
      return [...wrongTypes, { type: 'REG_DWORD', number: 2 }, textValue('1'), textValue('true')];
    case 'number':
      return [
        ...wrongTypes,
        { type: 'REG_DWORD', number: setting.least - 1 },
        { type: 'REG_DWORD', number: setting.most + 1 },
        { type: 'REG_DWORD', number: 0xffffffff },
        textValue(String(setting.least)),
      ];
    case 'object':
      return [...wrongTypes, textValue(''), textValue('[]'), textValue('{"a":1,"a":2}'), textValue('{')];
  }
}

function text(value: string, read: unknown): Sample {
  return { written: textValue(value), read };
}

function textValue(value: string): RegistryValue {
  return { type: 'REG_SZ', text: value };
}

function number(value: number, read: unknown): Sample {
  return { written: { type: 'REG_DWORD', number: value }, read };
}
