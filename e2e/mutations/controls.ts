/** Every row of evidence, in the order of the hazard log, and those of them that `npm run test:controls` switches off. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type Control, hazards, type Row } from './control.ts';
import { readRows } from './read-rows.ts';

export const rows: readonly Row[] = hazards.flatMap((hazard) =>
  readRows(hazard, readFileSync(path.join(import.meta.dirname, 'rows', `${hazard}.txt`), 'utf8')),
);

export const controls: readonly Control[] = rows.filter((row) => 'find' in row);
