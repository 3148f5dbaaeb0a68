/**
 * One act has one verb, and the notification one term, on every screen, on paper, in announcements, in the policy's texts and
 * in the guide: a *check* of CP-IS, which *notifies* the local authority of an attendance. These are the words that went.
 */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../root.ts';

interface FormerWord {
  readonly pattern: RegExp;
  readonly instead: string;
  /** A sentence that had it: shows that the pattern notices. */
  readonly example: string;
}

const formerWords: readonly FormerWord[] = [
  {
    pattern: /telephon/i,
    instead: 'phone',
    example: "If you need to know now, telephone the local authority's children's services.",
  },
  {
    pattern: /\b(?:is|are|was|been|be) told\b|\b(?:nobody|anybody) told\b/i,
    instead: 'notified',
    example: 'Scheduled care – nobody is told',
  },
  {
    pattern:
      /\b(?:tells?|telling|learns?) (?:the|a) local authority|local authority (?:learns|does not learn)/i,
    instead: 'notify',
    example: 'Unscheduled care: every check tells the local authority',
  },
  {
    pattern: /\bask(?:s|ed|ing)? (?:again|CP-IS|anew)\b|\bdo not ask\b|\bAsk now\b/i,
    instead: 'check, check again, cancel',
    example: 'This answer is from 14:32. Ask again or show?',
  },
  {
    pattern:
      /CP-IS (?:has|have|was|could|is|may)(?: \w+)*? asked\b|\bnothing (?:was |is )?asked\b|\bnot asked,/i,
    instead: 'CP-IS has not been checked; nothing was sent',
    example: 'CP-IS has not been asked. Check the details with the patient.',
  },
  { pattern: /answer is covered/i, instead: 'may be out of date', example: 'This answer is covered' },
  {
    pattern: /whether (?:there is|it is|a record)[^.]*\bnot known/i,
    instead: 'We do not know if …',
    example: 'Whether there is a CP-IS record is not known.',
  },
  { pattern: /\bsomebody\b/i, instead: 'anyone, someone', example: 'Somebody else who signs in here' },
  { pattern: /\bafresh\b/i, instead: 'what happens, in words', example: 'Your settings start afresh.' },
  { pattern: /\bgo on with\b/i, instead: 'continue', example: 'Do not go on with this patient.' },
  {
    pattern: /\brole does not list\b/i,
    instead: 'may not let you',
    example: 'Your role does not list patient demographics.',
  },
  {
    pattern: /\byou looked\b|\blooked (?:up )?before\b|\bearlier views\b|\b(?:your|latest \d+) views?\b/i,
    instead: 'check',
    example: 'Views in unscheduled care, the latest 25 views at most.',
  },
  { pattern: /\b\d+ plans\b|\} plans\b/, instead: 'records', example: '{plans.length} plans.' },
  {
    pattern: /as large as it was/i,
    instead: 'Reset text size',
    example: 'Make everything as large as it was',
  },
];

/** Whatever users read is in these files: screens, faults, policy, message boxes, the guide and the page of pictures. */
const sources = [
  'README.md',
  'docs/user-guide.md',
  'docs/policy.md',
  'docs/screens/README.md',
  ...globSync('{renderer,shared,electron}/**/*.{ts,tsx,html}', { cwd: root }),
  ...globSync('build/policy/templates/**/*', { cwd: root }),
].filter((file) => /\.\w+$/.test(file) && !/\.test\.tsx?$/.test(file) && !file.includes('testing'));

const withoutComments = (text: string): string =>
  text.replaceAll(/\/\*[\s\S]*?\*\//g, ' ').replaceAll(/(^|\s)\/\/.*$/gm, ' ');

/** With one space between words, because JSX wraps a sentence over lines. */
function textOf(file: string): string {
  const text = readFileSync(path.join(root, file), 'utf8');
  const read = /\.tsx?$/.test(file) ? withoutComments(text) : text;
  return read.replaceAll(/\s+/g, ' ');
}

test.each(formerWords)('no user reads $pattern: $instead', ({ pattern, example }) => {
  expect(example).toMatch(pattern);
  const found = sources.flatMap(
    (file) =>
      textOf(file)
        .match(pattern)
        ?.map((word) => `${file}: ${word}`) ?? [],
  );
  expect(found).toEqual([]);
});

test('sources of every kind are read', () => {
  for (const file of [
    'renderer/features/result/no-answer.tsx',
    'shared/fault.ts',
    'electron/window/user-gesture.ts',
    'build/policy/templates/en-US/cpis-viewer.adml',
  ]) {
    expect(sources.map((each) => each.split(path.sep).join('/'))).toContain(file);
  }
});
