/**
 * Reads the rows of one hazard from its text in `rows/`. A blank line ends a row, which is the sentence of the control and
 * below it, each after two blanks: `in` its file; `-` the lines that are taken out; `+` those that take their place; `shown by`
 * the test's file, a colon and its name; `not switched off:` and why.
 */
import type { Hazard, Row } from './control.ts';

const labels = ['in ', '- ', '+ ', 'shown by ', 'not switched off: '] as const;

type Label = (typeof labels)[number];

/** Throws, and names the row, where a line is none of these or a line is missing. */
export function readRows(hazard: Hazard, text: string): readonly Row[] {
  return text
    .trimEnd()
    .split('\n\n')
    .map((row) => readRow(hazard, row));
}

function readRow(hazard: Hazard, row: string): Row {
  const [control = '', ...lines] = row.split('\n');
  const problem = (what: string) => new Error(`e2e/mutations/rows/${hazard}.txt: "${control}": ${what}`);
  const unknown = lines.find((line) => labelOf(line) === undefined);
  if (unknown !== undefined) throw problem(`not a line of a row: "${unknown}"`);
  const after = (label: Label) =>
    lines.flatMap((line) => (labelOf(line) === label ? [line.slice(label.length + 2)] : []));

  const twice = (['in ', 'shown by ', 'not switched off: '] as const).find(
    (label) => after(label).length > 1,
  );
  if (twice !== undefined) throw problem(`there are two lines "${twice.trim()}"`);

  const [file] = after('in ');
  if (file === undefined) throw problem('there is no line "in"');
  const [shownBy] = after('shown by ');
  const [, testFile, test] = /^(\S+): (.+)$/.exec(shownBy ?? '') ?? [];
  const [why] = after('not switched off: ');
  if (why !== undefined) {
    if (after('- ').length + after('+ ').length > 0)
      throw problem('a row that is not switched off has no lines "-" or "+"');
    const shown = testFile === undefined || test === undefined ? {} : { testFile, test };
    return { hazard, control, file, ...shown, why };
  }
  const find = after('- ').join('\n');
  if (find === '' || testFile === undefined || test === undefined)
    throw problem('a row has lines "-" and "shown by", or says why it is not switched off');
  return { hazard, control, file, find, replace: after('+ ').join('\n'), testFile, test };
}

/** An empty line that is taken out or put in has nothing after its mark. */
function labelOf(line: string): Label | undefined {
  return labels.find((label) => line.startsWith(`  ${label}`) || `${line} ` === `  ${label}`);
}
