import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { type PolicySetting, policyNames, policySettings } from '../../shared/policy.ts';
import { root } from '../root.ts';
import { policyDocuments } from './documents.ts';

const documentEnding = (end: string): string =>
  policyDocuments().find(({ file }) => file.endsWith(end))?.text ?? '';
const admx = documentEnding('.admx');
const adml = documentEnding('.adml');

const all = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, found]) => found);

test.each(policyDocuments().map(({ file, text }) => [file, text]))(
  '%s is up to date (if not: npm run policy)',
  async (file, text) => expect(await readFile(path.join(root, file), 'utf8')).toBe(text),
);

test('every setting is in every document', () => {
  for (const { file, text } of policyDocuments()) {
    expect(
      policyNames.filter((name) => !text.includes(name)),
      file,
    ).toEqual([]);
  }
});

describe('the Group Policy templates', () => {
  test('every word that the ADMX refers to is in the ADML, and the other way round', () => {
    const strings = all(admx, /\$\(string\.([A-Za-z0-9_]+)\)/g);
    expect(strings.toSorted()).toEqual(all(adml, /<string id="([^"]+)"/g).toSorted());
    const presentations = all(admx, /\$\(presentation\.([A-Za-z0-9_]+)\)/g);
    expect(presentations.toSorted()).toEqual(all(adml, /<presentation id="([^"]+)"/g).toSorted());
    expect(presentations).toEqual(all(admx, / id="([^"]+)" valueName=/g));
    expect(presentations).toEqual(all(adml, / refId="([^"]+)"/g));
  });
});

test('a number that applies when nothing is set is one that may be set', () => {
  for (const name of policyNames) {
    const setting: PolicySetting = policySettings[name];
    if (setting.kind !== 'number') continue;
    expect(Number(setting.otherwise)).toBeGreaterThanOrEqual(setting.least);
    expect(Number(setting.otherwise)).toBeLessThanOrEqual(setting.most);
  }
});
