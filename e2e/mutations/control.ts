/**
 * A control of the hazard log (docs/hazard-log.md), the one line of code that it stands on, and the test that must
 * notice when that line is gone.
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
] as const;

export type Hazard = (typeof hazards)[number];

export interface Control {
  readonly hazard: Hazard;
  /** What the control does; the sentence is true of the code as it is. */
  readonly control: string;
  readonly file: string;
  /** A text that the file holds exactly once… */
  readonly find: string;
  /** …and what stands in its place when the control is switched off. */
  readonly replace: string;
  /** `x.test.ts` beside the code, or `x.spec.ts` where only the window shows it. */
  readonly testFile: string;
  /** The test's full name or a part of it; it names the hazard. */
  readonly test: string;
}

export type TestKind = 'unit' | 'end-to-end';

export function testKind({ testFile }: Control): TestKind {
  return testFile.endsWith('.spec.ts') ? 'end-to-end' : 'unit';
}
