/** `cpis-viewer audit report`: from the trails to the file. Loaded for this command alone. */
import { writeNewFile } from '../new-file.ts';
import type { Terminal } from '../standard-output.ts';
import { type AuditReport, makeReport } from './audit-report.ts';
import { reportCsv, reportJson } from './data-files.ts';
import type { Day, ReportTimeZone } from './local-time.ts';
import { reportPage } from './page.ts';
import type { NumbersShown } from './small-numbers.ts';
import { findTrails, readTrails, type TrailRead } from './trails.ts';
import { recordUsage, type TrailRecorder } from './usage.ts';

export type ReportFormat = 'csv' | 'html' | 'json';

export interface ReportCommand {
  readonly folders: readonly string[];
  readonly format: ReportFormat;
  readonly outputFile: string;
  readonly since: Day | undefined;
  readonly until: Day | undefined;
  readonly timeZone: ReportTimeZone;
  readonly numbers: NumbersShown;
}

/** Returns whether every trail is whole. Throws an error with a readable message where the report cannot be made. */
export function writeReport(command: ReportCommand, terminal: Terminal, now: () => Date): boolean {
  const { folders, outputFile, format } = command;
  const trails = writeNewFile(outputFile, (write) => {
    const read = readUsage(folders.flatMap(findTrails), command);
    const report = makeReport({ ...command, ...read, madeAt: now() });
    write(formatted(report, format));
    return read.trails;
  });
  for (const [index, trail] of trails.entries()) terminal.error(describeTrail(trail, index + 1));
  return trails.every(({ problems }) => problems.length === 0);
}

function readUsage(folders: readonly string[], command: ReportCommand) {
  const usage = recordUsage(command);
  const recorders: TrailRecorder[] = [];
  const begin = () => {
    const recorder = usage.beginTrail();
    recorders.push(recorder);
    return recorder;
  };
  const trails = readTrails(folders, begin, (recorder, entry) => recorder.add(entry));
  for (const recorder of recorders) recorder.end();
  return { trails, usage: usage.usage() };
}

function formatted(report: AuditReport, format: ReportFormat): string {
  switch (format) {
    case 'csv':
      return reportCsv(report);
    case 'html':
      return reportPage(report);
    case 'json':
      return reportJson(report);
  }
}

function describeTrail({ folder, report, newEntries, problems }: TrailRead, number: number): string {
  const notes = report.findings.filter(({ kind }) => kind === 'note');
  const again = report.entries - newEntries;
  return [
    `Trail ${number}: ${folder}`,
    ...problems.map((problem) => `PROBLEM: ${problem}`),
    ...notes.map(({ text }) => `Note: ${text}`),
    `Entries: ${report.entries}${again === 0 ? '' : `, of which ${again} are in another folder too and were counted there`}`,
    problems.length === 0 ? 'The trail is whole.' : 'THE TRAIL IS NOT WHOLE.',
  ]
    .map((line) => `${line}\n`)
    .join('');
}
