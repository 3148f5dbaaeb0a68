import { expect, test } from 'vitest';
import { type PolicySetting, policyNames, policySettings } from '../../shared/policy.ts';
import { configurationProfile } from './configuration-profile.ts';

const profile = configurationProfile();
const comments = [...profile.matchAll(/<!--(.*?)-->/gs)].map(([, text = '']) => text);
const type = {
  choice: 'string',
  switch: 'true',
  number: 'integer',
  text: 'string',
  lines: 'array',
  object: 'dict',
} as const;

test('each setting is there once, in a comment, with its type and its form', () => {
  expect(comments.map((text) => /<key>(\w+)<\/key>/.exec(text)?.[1])).toEqual(policyNames);
  for (const [index, name] of policyNames.entries()) {
    const setting: PolicySetting = policySettings[name];
    const text = comments[index] ?? '';
    expect(text).toMatch(new RegExp(`<key>${name}</key><${type[setting.kind]}/?>`));
    if (setting.kind === 'number') expect(text).toContain(`from ${setting.least} to ${setting.most}`);
    if (setting.kind === 'choice')
      for (const choice of Object.keys(setting.choices)) expect(text).toContain(choice);
  }
});

test('no comment ends early, and as it stands the profile sets nothing', () => {
  for (const text of comments) expect(text).not.toContain('--');
  const uncommented = profile.replaceAll(/<!--.*?-->/gs, '');
  expect(
    [...uncommented.matchAll(/<key>(\w+)<\/key>/g)].every(([, key = '']) => key.startsWith('Payload')),
  ).toBe(true);
});

test('every start has its end', () => {
  const open: string[] = [];
  for (const [, closing, name = '', selfClosing] of profile
    .replaceAll(/<!--.*?-->/gs, '')
    .matchAll(/<(\/?)([a-z]+)[^>?!]*?(\/?)>/g)) {
    if (closing) expect(open.pop()).toBe(name);
    else if (!selfClosing) open.push(name);
  }
  expect(open).toEqual([]);
});
