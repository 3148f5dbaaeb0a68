import { type PolicySetting, policyNames, policySettings } from '../../shared/policy.ts';
import { category, choiceId, explanationId, supported, template } from './template-ids.ts';
import { type XmlElement, xml, xmlDocument } from './xml.ts';

/**
 * The ADML: what the Group Policy editor says of each setting.
 * Source: Microsoft, "Group Policy ADMX Syntax Reference Guide".
 */
export function templateWords(): string {
  return xmlDocument(
    xml('policyDefinitionResources', template, [
      xml('displayName', {}, 'CP-IS Viewer'),
      xml('description', {}, 'What a site decides for CP-IS Viewer on its workstations.'),
      xml('resources', {}, [
        xml('stringTable', {}, [
          string(category, 'CP-IS Viewer'),
          string(supported, 'CP-IS Viewer 0.1 and later'),
          ...policyNames.flatMap((name) => strings(name, policySettings[name])),
        ]),
        xml(
          'presentationTable',
          {},
          policyNames.flatMap((name) => presentation(name, policySettings[name])),
        ),
      ]),
    ]),
  );
}

function strings(name: string, setting: PolicySetting): readonly XmlElement[] {
  const choices = setting.kind === 'choice' ? Object.entries(setting.choices) : [];
  return [
    string(name, setting.title),
    string(explanationId(name), explain(setting)),
    ...choices.map(([choice, meaning]) => string(choiceId(name, choice), meaning)),
  ];
}

function explain(setting: PolicySetting): string {
  const effect = setting.kind === 'switch' ? [`Enabled: ${setting.on}.`, `Disabled: ${setting.off}.`] : [];
  return [
    setting.explanation,
    ...effect,
    ...(setting.kind === 'text' ? [`The form: ${setting.form}.`] : []),
    ...(setting.kind === 'lines'
      ? [`At most ${setting.most} lines. The form of each: ${setting.form}.`]
      : []),
    ...(setting.kind === 'object' ? ['The form: JSON on one line.'] : []),
    ...(setting.overrides === undefined ? [] : [`Wins over ${setting.overrides} of the environment file.`]),
    `Not configured: ${setting.otherwise}.`,
  ].join(' ');
}

function presentation(name: string, setting: PolicySetting): readonly XmlElement[] {
  switch (setting.kind) {
    case 'switch':
      return [];
    case 'choice': {
      const box = { refId: name, noSort: 'true', defaultItem: '0' };
      return [xml('presentation', { id: name }, [xml('dropdownList', box, `${setting.title}:`)])];
    }
    case 'number': {
      const box = { refId: name, defaultValue: setting.otherwise };
      const label = `${setting.title} (${setting.least} to ${setting.most}):`;
      return [xml('presentation', { id: name }, [xml('decimalTextBox', box, label)])];
    }
    case 'lines': {
      const box = { refId: name, defaultHeight: String(setting.most) };
      return [
        xml('presentation', { id: name }, [
          xml('text', {}, `${setting.title}, one a line:`),
          xml('multiTextBox', box),
        ]),
      ];
    }
    case 'text':
    case 'object': {
      const label = xml('label', {}, `${setting.title}:`);
      return [xml('presentation', { id: name }, [xml('textBox', { refId: name }, [label])])];
    }
  }
}

function string(id: string, text: string): XmlElement {
  return xml('string', { id }, text);
}
