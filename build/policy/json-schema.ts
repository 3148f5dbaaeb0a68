import { type PolicySetting, policyNames, policySettings } from '../../shared/policy.ts';

/** A JSON Schema of the policy file, for editors and for a site's own checks (draft 2020-12). */
export function jsonSchema(): string {
  const schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'CP-IS Viewer policy',
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(policyNames.map((name) => [name, property(policySettings[name])])),
  };
  return `${JSON.stringify(schema, undefined, 2)}\n`;
}

function property(setting: PolicySetting): Readonly<Record<string, unknown>> {
  const words = { title: setting.title, description: setting.explanation };
  switch (setting.kind) {
    case 'choice':
      return { ...words, enum: Object.keys(setting.choices) };
    case 'switch':
      return { ...words, type: 'boolean' };
    case 'number':
      return { ...words, type: 'integer', minimum: setting.least, maximum: setting.most };
    case 'text':
      return { ...words, type: 'string', maxLength: 2_000, pattern: setting.pattern.source };
    case 'lines':
      return {
        ...words,
        type: 'array',
        minItems: 1,
        maxItems: setting.most,
        items: { type: 'string', pattern: setting.pattern.source },
      };
    case 'object':
      return { ...words, type: 'object' };
  }
}
