import { policyKey } from '../../shared/installation.ts';
import { type PolicySetting, policyNames, policySettings } from '../../shared/policy.ts';
import { category, categoryId, choiceId, explanationId, supported, template } from './template-ids.ts';
import { type XmlElement, xml, xmlDocument } from './xml.ts';

/**
 * The ADMX: which registry value each setting is, and what it may be. Its words are in the ADML beside it.
 * Source: Microsoft, "Group Policy ADMX Syntax Reference Guide".
 */
export function administrativeTemplate(): string {
  return xmlDocument(
    xml('policyDefinitions', template, [
      xml('policyNamespaces', {}, [
        xml('target', { prefix: 'cpisviewer', namespace: 'CpisViewer.Policies' }),
      ]),
      xml('resources', { minRequiredRevision: '1.0', fallbackCulture: 'en-US' }),
      xml('supportedOn', {}, [
        xml('definitions', {}, [xml('definition', { name: supported, displayName: string(supported) })]),
      ]),
      xml('categories', {}, [xml('category', { name: categoryId, displayName: string(category) })]),
      xml(
        'policies',
        {},
        policyNames.map((name) => policy(name, policySettings[name])),
      ),
    ]),
  );
}

function policy(name: string, setting: PolicySetting): XmlElement {
  const isSwitch = setting.kind === 'switch';
  return xml(
    'policy',
    {
      name,
      class: 'Both',
      displayName: string(name),
      explainText: string(explanationId(name)),
      key: policyKey,
      ...(isSwitch ? { valueName: name } : { presentation: `$(presentation.${name})` }),
    },
    [
      xml('parentCategory', { ref: categoryId }),
      xml('supportedOn', { ref: supported }),
      ...(isSwitch
        ? [xml('enabledValue', {}, [decimal(1)]), xml('disabledValue', {}, [decimal(0)])]
        : [xml('elements', {}, [element(name, setting)])]),
    ],
  );
}

function element(name: string, setting: Exclude<PolicySetting, { kind: 'switch' }>): XmlElement {
  const value = { id: name, valueName: name, required: 'true' };
  switch (setting.kind) {
    case 'choice':
      return xml(
        'enum',
        value,
        Object.keys(setting.choices).map((choice) =>
          xml('item', { displayName: string(choiceId(name, choice)) }, [
            xml('value', {}, [xml('string', {}, choice)]),
          ]),
        ),
      );
    case 'number':
      return xml('decimal', { ...value, minValue: String(setting.least), maxValue: String(setting.most) });
    case 'lines':
      return xml('multiText', { ...value, maxLength: '200', maxStrings: String(setting.most) });
    case 'text':
    case 'object':
      return xml('text', { ...value, maxLength: '2000' });
  }
}

function decimal(value: number): XmlElement {
  return xml('decimal', { value: String(value) });
}

function string(id: string): string {
  return `$(string.${id})`;
}
