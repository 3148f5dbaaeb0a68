/** docs/hazard-log.md names files and tests as evidence: they exist, and every control of the table is in it. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { controls } from '../../e2e/mutations/controls.ts';
import { root } from '../verification/tools.ts';

/** `| control | `file` | `test file`: test name |`; a ✓ behind a control says that `test:controls` proves it. */
const evidence =
  /^\| (?<control>.*?)(?<proven> ✓)? \| `(?<file>[^`]+)` \| (?:`(?<testFile>[^`]+)`: (?<name>.+)|not shown by a test) \|$/;

const text = readFileSync(path.join(root, 'docs', 'hazard-log.md'), 'utf8');
const rows = text.split('\n').flatMap((line) => {
  const groups = evidence.exec(line)?.groups;
  return groups === undefined ? [] : [{ ...groups, name: groups['name']?.replace(/ …$/, '') }];
}) as readonly Partial<Record<'control' | 'proven' | 'file' | 'testFile' | 'name', string>>[];

test('every control of the table is in the log, with its file and its test, and no other is marked as proven', () => {
  const inLog = rows.filter(({ proven }) => proven !== undefined);
  const inTable = controls.map(({ control, file, testFile, test: name }) => ({
    control,
    file,
    testFile,
    name: name.trim(),
  }));
  const byControl = (one: { control?: string | undefined }, other: { control?: string | undefined }) =>
    (one.control ?? '').localeCompare(other.control ?? '');
  expect(
    inLog.map(({ control, file, testFile, name }) => ({ control, file, testFile, name })).toSorted(byControl),
  ).toEqual(inTable.toSorted(byControl));
});

test('every row that is not switched off says why', () => {
  const [, excused = ''] = text.split('## Rows that are not switched off');
  const reasons = [...excused.matchAll(/^\| (?!row \||---)(?<control>.+?) \| .+ \|$/gm)];
  const notSwitchedOff = rows.filter(({ proven }) => proven === undefined);
  expect(reasons.map(({ groups }) => groups?.['control'])).toEqual(
    notSwitchedOff.map(({ control }) => control),
  );
});

test.each(rows)('$control: its evidence is there', ({ proven, file, testFile, name }) => {
  expect(existsSync(path.join(root, file ?? ''))).toBe(true);
  if (testFile === undefined || proven !== undefined) return;
  expect(readFileSync(path.join(root, testFile), 'utf8')).toContain(name);
});
