/**
 * `cpis-viewer audit verify <folder>` and `cpis-viewer audit export <folder> --format=csv|json`, for
 * information-governance staff. They run in the viewer's own executable, without a window, also beside an open
 * viewer. Everything is synchronous, so that the command ends before Electron looks for a display.
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describeFileError, fileErrorCode, readFileSafelySync } from '../files/read-file.ts';
import type { CommandWords } from '../settings/command-words.ts';
import { decodeText } from '../settings/secret-file.ts';
import { exportCsv, exportJson } from './export-trail.ts';
import { createDecrypter, type Decrypter } from './jwe.ts';
import { standardOutput, type Terminal } from './standard-output.ts';
import { describeEntryRange } from './verification-issue.ts';
import { type TrailReport, verifyTrail } from './verify.ts';

export type AuditCommand =
  | { readonly kind: 'verify'; readonly folder: string; readonly from: string | undefined }
  | {
      readonly kind: 'export';
      readonly folder: string;
      /** The name of the first file to read; the earlier files are archived elsewhere. */
      readonly from: string | undefined;
      readonly format: 'csv' | 'json';
      readonly privateKeyFile: string | undefined;
      readonly outputFile: string | undefined;
    }
  | { readonly kind: 'not-understood'; readonly problem: string };

const usage = `Usage:
  cpis-viewer audit verify <folder> [--from=<first file>]
  cpis-viewer audit export <folder> --format=csv|json [--from=<first file>] [--private-key=<file>] [--output=<file>]
`;

/** 0: the trail is whole. 1: the trail is not whole, and the issues say where. 2: the command could not be carried out. */
export type ExitCode = 0 | 1 | 2;

export function runAuditWords(words: CommandWords): ExitCode {
  return runAuditCommand(parseAuditCommand(words), standardOutput);
}

/** Unknown switches are ignored: some of them are Chromium's. */
export function parseAuditCommand({ words, switches }: CommandWords): AuditCommand {
  const [action, folder, ...more] = words;
  const notUnderstood = (problem: string): AuditCommand => ({ kind: 'not-understood', problem });
  if (action !== 'verify' && action !== 'export')
    return notUnderstood('What to do with the trail is missing.');
  if (folder === undefined) return notUnderstood('The folder of the trail is missing.');
  if (more.length > 0) return notUnderstood('There is a word too many.');
  const from = switchValue('from', switches);
  // `--from` without a value must not pass for a verification of the whole trail.
  if (from === '' || switches.includes('--from'))
    return notUnderstood('The first file is missing: --from=audit-….jsonl');
  const first = from && path.basename(from);
  if (action === 'verify') return { kind: 'verify', folder, from: first };
  const format = switchValue('format', switches);
  if (format !== 'csv' && format !== 'json') return notUnderstood('The format must be csv or json.');
  const privateKeyFile = switchValue('private-key', switches);
  const outputFile = switchValue('output', switches);
  if (privateKeyFile === '' || outputFile === '') return notUnderstood('The name of a file is missing.');
  return { kind: 'export', folder, from: first, format, privateKeyFile, outputFile };
}

function switchValue(name: string, switches: readonly string[]): string | undefined {
  const prefix = `--${name}=`;
  return switches.findLast((one) => one.startsWith(prefix))?.slice(prefix.length);
}

export function runAuditCommand(command: AuditCommand, terminal: Terminal): ExitCode {
  if (command.kind === 'not-understood') {
    terminal.error(`${command.problem}\n${usage}`);
    return 2;
  }
  try {
    const report = verifyTrail(command.folder, command.from);
    if (command.kind === 'verify') terminal.out(describe(report));
    else {
      const text = exportText(command, report);
      if (command.outputFile === undefined) terminal.out(text);
      // `wx`: never overwrites a file. Only the owner may read the file, since it contains decrypted NHS numbers.
      else writeFileSync(command.outputFile, text, { flag: 'wx', mode: 0o600 });
      terminal.error(describe(report));
    }
    return isWhole(report) ? 0 : 1;
  } catch (error) {
    terminal.error(`${describeError(error)}\n`);
    return 2;
  }
}

/** Describes an error of the file system by the file or folder and the code, never by the failed call. */
function describeError(error: unknown): string {
  const code = fileErrorCode(error);
  if (error instanceof Error && 'path' in error && code !== undefined)
    return `${String(error.path)} ${code === 'EEXIST' ? 'is there already' : describeFileError(code)}.`;
  return error instanceof Error ? error.message.replace(/\.?$/, '.') : 'An unknown error.';
}

/** Throws an error with a readable message where the private key cannot be read or used. */
function exportText(
  { format, privateKeyFile }: Extract<AuditCommand, { kind: 'export' }>,
  report: TrailReport,
): string {
  const decrypter = privateKeyFile === undefined ? undefined : createDecrypterFrom(privateKeyFile);
  return format === 'csv' ? exportCsv(report, decrypter) : exportJson(report, decrypter);
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

function isWhole({ entries, findings }: TrailReport): boolean {
  return entries.length > 0 && findings.every(({ kind }) => kind === 'note');
}

/** The last hash can be compared with the entries that a log collector has received. */
function describe(report: TrailReport): string {
  const { entries, findings, follows, forwarded } = report;
  const last = entries.at(-1);
  const lines = [
    ...findings.map(({ kind, text }) => `${kind === 'problem' ? 'PROBLEM' : 'Note'}: ${text}`),
    ...(last === undefined
      ? ['There is no trail in this folder.']
      : [
          `Entries: ${entries.length}, from ${entries[0]?.at} to ${last.at}`,
          ...(follows === undefined
            ? []
            : [
                `Follows: entry ${follows.seq}, ${follows.hash}`,
                `Entries 1 to ${follows.seq} were NOT CHECKED: entry ${follows.seq} of their archive must have that hash.`,
              ]),
          `Last: entry ${last.seq}, ${last.hash}`,
          ...(forwarded === undefined ? [] : [describeForwarded(forwarded.seq, last.seq)]),
          verdict(report),
        ]),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function describeForwarded(forwarded: number, last: number): string {
  if (forwarded >= last) return `Forwarded: up to entry ${forwarded}`;
  const alone = describeEntryRange(forwarded + 1, last);
  return `Forwarded: up to entry ${forwarded}; ${alone} in this folder alone, where this check cannot tell a forgery.`;
}

function verdict(report: TrailReport): string {
  if (!isWhole(report)) return 'THE TRAIL IS NOT WHOLE.';
  const { follows } = report;
  return follows === undefined
    ? 'The trail is whole.'
    : `The trail is whole from entry ${follows.seq + 1} on.`;
}
