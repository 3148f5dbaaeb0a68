/**
 * The ADMX and the ADML against the rules of Microsoft's schema, for the elements that they use, and against the table. The
 * rules are those of Microsoft's PolicyDefinitionFiles.xsd, PolicyDefinitions.xsd and BaseTypes.xsd, read element by element;
 * the files themselves come with no package, so no XML tool compares with them here.
 */
import { describe, expect, test } from 'vitest';
import { policyKey } from '../../shared/installation.ts';
import { type PolicySetting, policyNames, policySettings } from '../../shared/policy.ts';
import { administrativeTemplate } from './administrative-template.ts';
import { templateWords } from './template-words.ts';

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
}

/** Enough of XML for what `xml.ts` writes; anything else throws. */
function parse(text: string): Element {
  const top: Element = { name: '', attributes: {}, children: [], text: '' };
  const open = [top];
  const body = text.replace(/^<\?xml version="1\.0" encoding="utf-8"\?>\r\n/, '');
  for (const [token] of body.matchAll(/<[^>]*>|[^<]+/g)) {
    const inside = open.at(-1) ?? top;
    if (!token.startsWith('<')) inside.text += token.trim();
    else if (token.startsWith('</')) {
      if (open.pop()?.name !== token.slice(2, -1)) throw new Error(`${token} ends nothing`);
    } else {
      const [, name, pairs = '', end] = /^<(\w+)((?: \w+="[^"<]*")*) ?(\/?)>$/.exec(token) ?? [];
      if (name === undefined) throw new Error(`${token} is no element`);
      const attributes = Object.fromEntries(
        [...pairs.matchAll(/ (\w+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key, value]),
      );
      const element = { name, attributes, children: [], text: '' };
      inside.children.push(element);
      if (end === '') open.push(element);
    }
  }
  const [root, ...others] = top.children;
  if (root === undefined || others.length > 0 || open.length !== 1) throw new Error('not one element');
  return root;
}

const item = /^[\p{L}\p{N}_]+$/u;
const reference = (kind: string) => new RegExp(`^\\$\\(${kind}\\.[\\p{L}\\p{N}_]+\\)$`, 'u');
const version = /^\d{1,4}\.\d{1,5}$/;
const flag = /^(?:true|false)$/;
/** `xs:unsignedInt`. */
const count = { test: (text: string) => /^\d+$/.test(text) && Number(text) <= 0xffffffff };
const any = /./;

interface Rule {
  /** Each with its form; `?` behind the name: it may be missing. */
  readonly attributes?: Readonly<Record<string, { test(text: string): boolean }>>;
  /** In their order: one, `?` none or one, `*` any number, `+` one or more. */
  readonly children?: readonly string[];
  /** The most letters of its text. */
  readonly text?: number;
}

const rules: Readonly<Record<string, Rule>> = {
  policyDefinitions: {
    attributes: { revision: version, schemaVersion: version, xmlns: any },
    children: ['policyNamespaces', 'resources', 'supportedOn?', 'categories?', 'policies?'],
  },
  policyNamespaces: { children: ['target', 'using*'] },
  target: { attributes: { prefix: item, namespace: any } },
  'policyDefinitions/resources': {
    attributes: { minRequiredRevision: version, 'fallbackCulture?': /^[a-z]{2}-[A-Z]{2}$/ },
  },
  'policyDefinitions/supportedOn': { children: ['products?', 'definitions?'] },
  definitions: { children: ['definition+'] },
  definition: { attributes: { name: item, displayName: reference('string') } },
  categories: { children: ['category+'] },
  category: { attributes: { name: item, displayName: reference('string') } },
  policies: { children: ['policy+'] },
  policy: {
    attributes: {
      name: item,
      class: /^(?:User|Machine|Both)$/,
      displayName: reference('string'),
      'explainText?': reference('string'),
      'presentation?': reference('presentation'),
      key: /^(?!\\).{1,255}(?<!\\)$/,
      'valueName?': /^[^\\]{1,255}$/,
    },
    children: ['parentCategory', 'supportedOn', 'enabledValue?', 'disabledValue?', 'elements?'],
  },
  parentCategory: { attributes: { ref: item } },
  'policy/supportedOn': { attributes: { ref: item } },
  enabledValue: { children: ['decimal'] },
  disabledValue: { children: ['decimal'] },
  'enabledValue/decimal': { attributes: { value: count } },
  'disabledValue/decimal': { attributes: { value: count } },
  elements: { children: ['text?', 'multiText?', 'decimal?', 'enum?'] },
  'elements/text': {
    attributes: { id: item, valueName: any, 'required?': flag, 'maxLength?': count },
  },
  'elements/multiText': {
    attributes: { id: item, valueName: any, 'required?': flag, 'maxLength?': count, 'maxStrings?': count },
  },
  'elements/decimal': {
    attributes: { id: item, valueName: any, 'required?': flag, 'minValue?': count, 'maxValue?': count },
  },
  enum: { attributes: { id: item, valueName: any, 'required?': flag }, children: ['item*'] },
  item: { attributes: { displayName: reference('string') }, children: ['value'] },
  value: { children: ['string'] },
  'value/string': { text: 255 },

  policyDefinitionResources: {
    attributes: { revision: version, schemaVersion: version, xmlns: any },
    children: ['displayName', 'description', 'resources'],
  },
  displayName: { text: Infinity },
  description: { text: Infinity },
  'policyDefinitionResources/resources': { children: ['stringTable?', 'presentationTable?'] },
  stringTable: { children: ['string+'] },
  'stringTable/string': { attributes: { id: /^\w+$/ }, text: Infinity },
  presentationTable: { children: ['presentation+'] },
  presentation: {
    attributes: { id: /^\w+$/ },
    children: ['text?', 'textBox?', 'multiTextBox?', 'decimalTextBox?', 'dropdownList?'],
  },
  textBox: { attributes: { refId: item }, children: ['label', 'defaultValue?'] },
  'presentation/text': { text: Infinity },
  multiTextBox: {
    attributes: { refId: item, 'showAsDialog?': flag, 'defaultHeight?': count },
  },
  label: { text: Infinity },
  decimalTextBox: { attributes: { refId: item, 'defaultValue?': count }, text: Infinity },
  dropdownList: {
    attributes: { refId: item, 'noSort?': flag, 'defaultItem?': count },
    text: Infinity,
  },
};

/** What is wrong with an element and all below it, one line each. */
function problemsOf(element: Element, parent = ''): readonly string[] {
  const rule = rules[`${parent}/${element.name}`] ?? rules[element.name];
  if (rule === undefined) return [`${parent}/${element.name} is not known`];
  const { attributes = {}, children = [], text } = rule;
  const forms = Object.entries(attributes).map(([name, form]) => ({
    name: name.replace('?', ''),
    isNeeded: !name.endsWith('?'),
    form,
  }));
  const wrong = forms.filter(({ name, isNeeded, form }) => {
    const value = element.attributes[name];
    return value === undefined ? isNeeded : !form.test(value);
  });
  const unknown = Object.keys(element.attributes).filter((name) => !forms.some((one) => one.name === name));
  const order = new RegExp(
    `^${children
      .map((child) => /^(\w+)([?*+]?)$/.exec(child) ?? [])
      .map(([, name, times]) => `(?:${name} )${times}`)
      .join('')}$`,
  );
  const names = element.children.map(({ name }) => `${name} `).join('');
  return [
    ...wrong.map(({ name }) => `${element.name} ${name}="${element.attributes[name]}"`),
    ...unknown.map((name) => `${element.name} has no ${name}`),
    ...(order.test(names) ? [] : [`${element.name} holds ${names}`]),
    ...((element.text !== '') === (text !== undefined) && element.text.length <= (text ?? 0)
      ? []
      : [`${element.name} has the text "${element.text}"`]),
    ...element.children.flatMap((child) => problemsOf(child, element.name)),
  ];
}

function all(element: Element, name: string): readonly Element[] {
  return [
    ...(element.name === name ? [element] : []),
    ...element.children.flatMap((child) => all(child, name)),
  ];
}

const admx = parse(administrativeTemplate());
const adml = parse(templateWords());
const policies = all(admx, 'policy');

describe("Microsoft's rules", () => {
  test('the ADMX and the ADML follow them', () => {
    expect([...problemsOf(admx), ...problemsOf(adml)]).toEqual([]);
  });

  test('an attribute that is missing, unknown or wrong, an order and a text are found out', () => {
    for (const [right, wrong] of [
      [' class="Both"', ''],
      [' class="Both"', ' class="All"'],
      ['required="true"', 'needed="true"'],
      [/(<parentCategory[^>]*>)(\s*)(<supportedOn[^>]*>)/, '$3$2$1'],
      ['key="', 'key="\\'],
      ['policy name="', 'policy name="not-'],
      [/maxValue="\d+"/, 'maxValue="4294967296"'],
      ['<string>', `<string>${'x'.repeat(255)}`],
      [/<definition [^>]*>/, ''],
    ] as const) {
      expect(problemsOf(parse(administrativeTemplate().replace(right, wrong))), wrong).toHaveLength(1);
    }
  });

  test('no id is there twice, and the words are as new as the ADMX wants them', () => {
    for (const [root, name, key] of [
      [admx, 'policy', 'name'],
      [adml, 'string', 'id'],
      [adml, 'presentation', 'id'],
    ] as const) {
      const ids = all(root, name).map(({ attributes }) => attributes[key]?.toLowerCase());
      expect(new Set(ids).size).toBe(ids.length);
    }
    expect(Number(adml.attributes['revision'])).toBeGreaterThanOrEqual(
      Number(all(admx, 'resources')[0]?.attributes['minRequiredRevision']),
    );
  });
});

/** Which control of the editor Microsoft gives to which element. */
const controls: Readonly<Record<string, string>> = {
  text: 'textBox',
  multiText: 'multiTextBox',
  decimal: 'decimalTextBox',
  enum: 'dropdownList',
};

describe('every policy has the name, type and range of the table', () => {
  test.each(policyNames)('%s', (name) => {
    const setting: PolicySetting = policySettings[name];
    const policy = policies.find(({ attributes }) => attributes['name'] === name);
    if (policy === undefined) throw new Error(`${name} is missing.`);
    expect(policy.attributes).toMatchObject({ key: policyKey, class: 'Both' });
    const [element] = policy.children.find((child) => child.name === 'elements')?.children ?? [];
    const valueName = element?.attributes['valueName'] ?? policy.attributes['valueName'];
    expect(valueName).toBe(name);
    expect(element?.attributes['id'] ?? name).toBe(name);
    const presentation = all(adml, 'presentation').find(({ attributes }) => attributes['id'] === name);
    const shown = presentation?.children.filter(({ attributes }) => attributes['refId'] === name);
    expect(shown?.map((control) => control.name)).toEqual(element && [controls[element.name]]);
    switch (setting.kind) {
      case 'switch':
        expect(element).toBeUndefined();
        expect(all(policy, 'decimal').map(({ attributes }) => attributes['value'])).toEqual(['1', '0']);
        break;
      case 'choice':
        expect(element?.name).toBe('enum');
        expect(all(policy, 'string').map(({ text }) => text)).toEqual(Object.keys(setting.choices));
        break;
      case 'number':
        expect(element?.name).toBe('decimal');
        expect(element?.attributes).toMatchObject({
          minValue: `${setting.least}`,
          maxValue: `${setting.most}`,
        });
        break;
      case 'lines':
        expect(element?.name).toBe('multiText');
        expect(element?.attributes['maxStrings']).toBe(`${setting.most}`);
        break;
      case 'text':
      case 'object':
        expect(element?.name).toBe('text');
        expect(element?.attributes['maxLength']).toBe('2000');
        break;
    }
  });

  test('and there is no other', () =>
    expect(policies.map(({ attributes }) => attributes['name'])).toEqual(policyNames));
});
