/** Whether `docs/support.md` claims no more than this run has shown. */
import { readFile } from 'node:fs/promises';
import { root } from '../root.ts';
import { unfoundedClaims } from '../support/claims.ts';
import { windowsReport } from '../windows/run-windows-tests.ts';
import { endToEndReport } from './end-to-end.ts';
import { playwrightResults } from './playwright-report.ts';
import type { Verdict } from './run-check.ts';
import { oneFailed, onePassed, type Result } from './tally.ts';
import { unitReport } from './tools.ts';
import { vitestResults } from './vitest-report.ts';
import { readWindowsReport } from './windows-report.ts';

/** `isWineHere`: whether the Windows tests could be run on this machine. */
export async function checkSupportPage(isWineHere: boolean): Promise<Verdict> {
  const linux = [
    ...playwrightResults(await readFile(endToEndReport, 'utf8')),
    ...vitestResults(await readFile(unitReport, 'utf8'), root),
  ];
  const claims = unfoundedClaims({ linux, wine: isWineHere ? await windowsResults() : undefined });
  const tally = claims.length === 0 ? onePassed : oneFailed;
  return { tally, output: claims.join('\n') };
}

async function windowsResults(): Promise<readonly Result[]> {
  return readWindowsReport(await readFile(windowsReport, 'utf8')).map(({ titles: [place = ''], passed }) => ({
    place,
    passed,
  }));
}
