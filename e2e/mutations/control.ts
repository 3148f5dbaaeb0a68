/**
 * The rows of evidence of the hazard log (docs/hazard-log.md), which `rows/` holds as text. A control that a single line of code
 * can lose names this line and the test that must notice when the line is gone; any other says why none is switched off.
 */
export const hazards = [
  'H1',
  'H2',
  'H3',
  'H4',
  'H5',
  'H6',
  'H7',
  'H8',
  'H9',
  'H10',
  'H11',
  'H12',
  'H13',
  'H14',
  'H15',
  'H16',
  'H17',
  'H18',
  'H19',
  'H20',
  'H21',
  'H22',
] as const;

export type Hazard = (typeof hazards)[number];

interface RowOfHazard {
  readonly hazard: Hazard;
  /** What the control does; the sentence is true of the code as it is. */
  readonly control: string;
  readonly file: string;
}

export interface Control extends RowOfHazard {
  /** A text that the file holds exactly once… */
  readonly find: string;
  /** …and what stands in its place when the control is switched off. */
  readonly replace: string;
  /** `x.test.ts` beside the code, or `x.spec.ts` where only the window shows it. */
  readonly testFile: string;
  /** The test's full name or its beginning; it names the hazard. */
  readonly test: string;
}

export interface NotSwitchedOff extends RowOfHazard {
  /** `undefined`: not shown by a test. */
  readonly testFile?: string;
  readonly test?: string;
  /** Why the control is not switched off; `npm run hazard-log` writes it into the log's last table. */
  readonly why: string;
}

export type Row = Control | NotSwitchedOff;

export type TestKind = 'unit' | 'end-to-end';

/** By the name of its file. */
export function testKind({ testFile }: Control): TestKind {
  return testFile.endsWith('.spec.ts') ? 'end-to-end' : 'unit';
}
