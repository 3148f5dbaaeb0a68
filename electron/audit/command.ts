/**
 * `cpis-viewer audit verify`, `export` and `report`, for information-governance staff and safeguarding leads. They run in the
 * viewer's own executable, without a window, also beside an open viewer. Everything is synchronous but the loading of code,
 * which waits for no event, so that the command ends before Electron looks for a display.
 */
import { describeFileError, fileErrorCode, readFileSafelySync } from '../files/read-file.ts';
import { decodeText } from '../settings/secret-file.ts';
import { auditUsage, parseAuditCommand, type TrailCommand } from './command-line.ts';
import { describeReport, isWhole } from './describe-report.ts';
import { csvExport, jsonExport } from './export-trail.ts';
import { createDecrypter, type Decrypter } from './jwe.ts';
import { inPieces, type Write, writeNewFile } from './new-file.ts';
import type { ReportCommand } from './report/report-command.ts';
import { standardOutput, type Terminal } from './standard-output.ts';
import { type TrailReport, verifyTrail } from './verify.ts';

/** 0: the trail is whole. 1: the trail is not whole, and the issues say where. 2: the command could not be carried out. */
export type ExitCode = 0 | 1 | 2;

/** `ownTrail`: the folder of this user's own trail. */
export async function runAuditArguments(args: readonly string[], ownTrail: string): Promise<ExitCode> {
  const command = parseAuditCommand(args, ownTrail);
  return command.kind === 'report'
    ? runReport(command, standardOutput)
    : runAuditCommand(command, standardOutput);
}

/** What draws the charts is loaded here, and for nothing else. */
export async function runReport(command: ReportCommand, terminal: Terminal): Promise<ExitCode> {
  try {
    const { writeReport } = await import('./report/report-command.ts');
    return writeReport(command, terminal, () => new Date()) ? 0 : 1;
  } catch (error) {
    terminal.error(`${describeError(error)}\n`);
    return 2;
  }
}

/** 0: done, and a verified trail is whole; 1: it is not, or could not be read; 2: not understood. Never throws. */
export function runAuditCommand(command: TrailCommand, terminal: Terminal): ExitCode {
  try {
    switch (command.kind) {
      case 'not-understood':
        terminal.error(`${command.problem}\n${auditUsage}`);
        return 2;
      case 'verify': {
        const report = verifyTrail(command.folder, { from: command.from });
        terminal.out(describeReport(report));
        return isWhole(report) ? 0 : 1;
      }
      case 'export': {
        const report = exportTrail(command, terminal);
        terminal.error(describeReport(report));
        return isWhole(report) ? 0 : 1;
      }
    }
  } catch (error) {
    terminal.error(`${describeError(error)}\n`);
    return 2;
  }
}

/** Throws an error with a readable message where the private key cannot be read or used. */
function exportTrail(
  { folder, from, format, privateKeyFile, outputFile }: Extract<TrailCommand, { kind: 'export' }>,
  terminal: Terminal,
): TrailReport {
  const decrypter = privateKeyFile === undefined ? undefined : createDecrypterFrom(privateKeyFile);
  const text = format === 'csv' ? csvExport(decrypter) : jsonExport(decrypter);
  const work = (write: Write) => {
    write(text.begin());
    const report = verifyTrail(folder, { from, onEntry: (entry) => write(text.entry(entry)) });
    write(text.end(report.findings));
    return report;
  };
  return outputFile === undefined ? inPieces(terminal.out, work) : writeNewFile(outputFile, work);
}

function createDecrypterFrom(privateKeyFile: string): Decrypter {
  const read = readFileSafelySync(privateKeyFile);
  if (read.kind !== 'read')
    throw new Error(`${privateKeyFile} ${read.kind === 'missing' ? 'is not there' : read.problem}`);
  const decrypter = createDecrypter(decodeText(read.bytes) ?? '');
  if (decrypter === undefined)
    throw new Error('The private key cannot be used: it must be an unencrypted P-256 key in PEM');
  return decrypter;
}

/** Describes an error of the file system by the file or folder and the code, never by the failed call. */
function describeError(error: unknown): string {
  const code = fileErrorCode(error);
  if (error instanceof Error && 'path' in error && code !== undefined)
    return `${String(error.path)} ${code === 'EEXIST' ? 'is there already' : describeFileError(code)}.`;
  return error instanceof Error ? error.message.replace(/\.?$/, '.') : 'An unknown error.';
}
