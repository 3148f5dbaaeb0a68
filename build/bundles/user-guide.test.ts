import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../root.ts';
import { readGuide } from './user-guide.ts';

const plain = (text: string) => ({ style: 'plain', text });

test('what the guide uses of Markdown becomes blocks', () => {
  const markdown = `# Guide

One **strong** word, *one* other,
and \`F9\` of [a page](page.md). Sm\\*

![A picture](picture.png)

1. First

   | who | what |
   |---|---|
   | **nurse** | asks |

   - inner
2. Second
`;
  expect(readGuide(markdown)).toEqual([
    { kind: 'heading', level: 1, text: [plain('Guide')] },
    {
      kind: 'paragraph',
      text: [
        plain('One '),
        { style: 'strong', text: 'strong' },
        plain(' word, '),
        { style: 'emphasis', text: 'one' },
        plain(' other, and '),
        plain('F9'),
        plain(' of '),
        plain('a page'),
        plain('. Sm*'),
      ],
    },
    {
      kind: 'list',
      isNumbered: true,
      items: [
        [
          { kind: 'paragraph', text: [plain('First')] },
          {
            kind: 'table',
            header: [[plain('who')], [plain('what')]],
            rows: [[[{ style: 'strong', text: 'nurse' }], [plain('asks')]]],
          },
          { kind: 'list', isNumbered: false, items: [[{ kind: 'paragraph', text: [plain('inner')] }]] },
        ],
        [{ kind: 'paragraph', text: [plain('Second')] }],
      ],
    },
  ]);
});

test('what Help cannot show ends the build', () => {
  expect(() => readGuide('> a quotation')).toThrow('cannot show: > a quotation');
  expect(() => readGuide('| a |\n| b |')).toThrow('a table without a header');
});

test('the guide itself can be shown in full, without the section for trainers and without a mark of Markdown', () => {
  const shown = JSON.stringify(readGuide(readFileSync(path.join(root, 'docs', 'user-guide.md'), 'utf8')));
  expect(shown).toContain('At 2 a.m.');
  expect(shown).not.toMatch(/\*\*|\]\(|curl|`/);
});
