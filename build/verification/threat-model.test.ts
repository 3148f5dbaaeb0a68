/** docs/threat-model.md names files, and tests by their titles, as evidence: each is there. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { findTitle } from '../../e2e/mutations/test-title.ts';
import { root } from '../root.ts';

const text = readFileSync(path.join(root, 'docs', 'threat-model.md'), 'utf8');
const files = new Set(
  [...text.matchAll(/`((?:build|e2e|electron|windows)\/[^`*]+\.ts)`/g)].map(([, file = '']) => file),
);

test('it names files', () => expect(files.size).toBeGreaterThan(20));

test.each([...files])('%s is there', (file) => {
  expect(existsSync(path.join(root, file))).toBe(true);
});

/** `titles`: one or several after commas, each in full or with "…" for what is left out. */
type Claim = readonly [file: string, titles: string];

const sectionFile =
  /`([^`]+)` where no other file is named|where no other file is named\s+the tests are in `([^`]+)`/i;
/** What is not said to be shown, or is shown by whole files. */
const noTitle = /^(?:`[^`]+`(?:,.*)?|the same|.*not (?:shown|prevented|run))$/;

/** The last cell of each row. A title without a file is of the file before it in the cell, or of the section's. */
function claimsOfTables(): readonly Claim[] {
  let last = '';
  return text.split(/^### /m).flatMap((section) => {
    const [, before, after] = sectionFile.exec(section) ?? [];
    const [, table = ''] = section.split(/^\|.*\| shown by \|$/m);
    return [...table.matchAll(/^\|.*\| (.*) \|$/gm)].flatMap(([, cell = '']) => {
      let file = before ?? after ?? '';
      return cell.split('; ').flatMap((piece): readonly Claim[] => {
        const [, named, titles] = /^`([^`]+\.ts)`(?:: (.+))?/.exec(piece) ?? [];
        file = named ?? (piece.startsWith('the same: ') ? last : file);
        last = file;
        if (titles !== undefined) return [[file, titles]];
        return noTitle.test(piece) ? [] : [[file, piece.replace('the same: ', '')]];
      });
    });
  });
}

/** "`file`: title" in a sentence. */
function claimsOfProse(): readonly Claim[] {
  const prose = text.replaceAll(/^\|.*$/gm, '').replaceAll(/\s+/g, ' ');
  const named = prose.matchAll(/`([^`]+\.ts)`: (.+?)(?=[.;)]|, `| and `)/g);
  return [...named].map(([, file = '', titles = '']): Claim => [file, titles]);
}

/** Whether the text is one title of the file, or begins with one that a comma and further ones follow. */
function areTitles(source: string, titles: string): boolean {
  const commas = [...titles.matchAll(/, /g)].map(({ index }) => index);
  return [...commas, titles.length].some(
    (end) =>
      isTitle(source, titles.slice(0, end)) &&
      (end === titles.length || areTitles(source, titles.slice(end + 2))),
  );
}

function isTitle(source: string, title: string): boolean {
  if (/^H\d+$/.test(title)) return findTitle(source, `${title}: `) !== undefined;
  if (!title.includes('…')) return findTitle(source, title) === 'whole';
  const parts = title.split('…').map((part) => part.trim());
  return parts.every((part) => part === '' || findTitle(source, part) !== undefined);
}

const claims = [...claimsOfTables(), ...claimsOfProse()];

test('it names tests by their titles', () => expect(claims.length).toBeGreaterThan(50));

test.each(claims)('%s has "%s"', (file, titles) => {
  expect(areTitles(readFileSync(path.join(root, file), 'utf8'), titles)).toBe(true);
});
