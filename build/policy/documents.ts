import { administrativeTemplate } from './administrative-template.ts';
import { configurationProfile } from './configuration-profile.ts';
import { jsonSchema } from './json-schema.ts';
import { policyPage } from './policy-page.ts';
import { templateWords } from './template-words.ts';

export interface PolicyDocument {
  /** From the root of the repository. */
  readonly file: string;
  readonly text: string;
}

const templates = 'build/policy/templates';

/** Every file that is made from the table of policies. */
export function policyDocuments(): readonly PolicyDocument[] {
  return [
    { file: 'docs/policy.md', text: policyPage() },
    { file: `${templates}/cpis-viewer.admx`, text: administrativeTemplate() },
    // Windows falls back on en-US where it has no words in the administrator's own language.
    { file: `${templates}/en-US/cpis-viewer.adml`, text: templateWords() },
    { file: `${templates}/policy.schema.json`, text: jsonSchema() },
    { file: `${templates}/cpis-viewer.mobileconfig`, text: configurationProfile() },
  ];
}
