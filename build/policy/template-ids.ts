/** What the ADMX and the ADML call the same things. Letters, digits and underscores are all that an id may have. */

export const template = {
  revision: '1.0',
  schemaVersion: '1.0',
  xmlns: 'http://schemas.microsoft.com/GroupPolicy/2006/07/PolicyDefinitions',
} as const;

export const categoryId = 'CpisViewer';
export const category = 'category';
export const supported = 'supported';

/** Of the text that explains a setting. */
export function explanationId(setting: string): string {
  return `${setting}_explanation`;
}

/** Of the text of a choice, whose own dashes an id may not have. */
export function choiceId(setting: string, choice: string): string {
  return `${setting}_${choice.replaceAll('-', '_')}`;
}
