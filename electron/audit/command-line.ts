/** Parses the arguments of `cpis-viewer audit`, as `--name=value` or `--name value`. */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { parseFhirDate } from '../../shared/clinical/clinical-date.ts';
import type { ReportCommand, ReportFormat } from './report/report-command.ts';

export type AuditCommand = TrailCommand | ({ readonly kind: 'report' } & ReportCommand);

/** A command about one trail. */
export type TrailCommand =
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
  | NotUnderstood;

interface NotUnderstood {
  readonly kind: 'not-understood';
  readonly problem: string;
}

export const auditUsage = `Usage:
  cpis-viewer audit verify <folder> [--from=<first file>]
  cpis-viewer audit export <folder> --format=csv|json [--from=<first file>] [--private-key=<file>] [--output=<file>]
  cpis-viewer audit report [--from=<folder> ...] --output=<file.html|file.csv|file.json> [--format=html|csv|json]
      [--since=<yyyy-mm-dd>] [--until=<yyyy-mm-dd>] [--time-zone=UTC] [--small-numbers=shown]
`;

const text = { type: 'string', multiple: true } as const;
const options = {
  from: text,
  format: text,
  'private-key': text,
  output: text,
  since: text,
  until: text,
  'time-zone': text,
  'small-numbers': text,
};

type SwitchName = keyof typeof options;

/** Unknown switches are ignored: some of them are Chromium's. `ownTrail`: the folder of this user's own trail. */
export function parseAuditCommand(args: readonly string[], ownTrail: string): AuditCommand {
  const { values, positionals } = parseArgs({
    args: [...args],
    options,
    strict: false,
    allowPositionals: true,
  });
  const given = readSwitches(values);
  if ('kind' in given) return given;
  const [action, ...folders] = positionals;
  if (action === 'report') return parseReport(given, folders, ownTrail);
  if (action !== 'verify' && action !== 'export')
    return notUnderstood('What to do with the trail is missing.');
  const [folder, ...more] = folders;
  if (folder === undefined) return notUnderstood('The folder of the trail is missing.');
  if (more.length > 0) return notUnderstood('There is a word too many.');
  const from = given.last('from');
  const first = from && path.basename(from);
  if (action === 'verify') return { kind: 'verify', folder, from: first };
  const format = given.last('format');
  if (format !== 'csv' && format !== 'json') return notUnderstood('The format must be csv or json.');
  return {
    kind: 'export',
    folder,
    from: first,
    format,
    privateKeyFile: given.last('private-key'),
    outputFile: given.last('output'),
  };
}

function parseReport(given: Switches, words: readonly string[], ownTrail: string): AuditCommand {
  const folders = [...given.all('from'), ...words];
  const outputFile = given.last('output');
  if (outputFile === undefined) return notUnderstood('The file for the report is missing: --output=…');
  const format = given.last('format') ?? path.extname(outputFile).slice(1).toLowerCase();
  if (!isReportFormat(format))
    return notUnderstood('The format must be html, csv or json: by the ending of the file, or by --format.');
  const since = given.last('since');
  const until = given.last('until');
  if ([since, until].some((day) => day !== undefined && !isDay(day)))
    return notUnderstood('A day must be written as 2026-11-23.');
  if (since !== undefined && until !== undefined && since > until)
    return notUnderstood('The first day is after the last.');
  const timeZone = given.last('time-zone') ?? 'Europe/London';
  if (timeZone !== 'Europe/London' && timeZone !== 'UTC')
    return notUnderstood('The time zone must be Europe/London or UTC.');
  const smallNumbers = given.last('small-numbers') ?? 'protected';
  if (smallNumbers !== 'protected' && smallNumbers !== 'shown')
    return notUnderstood('Small numbers are protected or shown.');
  return {
    kind: 'report',
    folders: folders.length === 0 ? [ownTrail] : folders,
    format,
    outputFile,
    since,
    until,
    timeZone,
    numbers: smallNumbers === 'shown' ? 'exact' : 'protected',
  };
}

function isReportFormat(text: string): text is ReportFormat {
  return text === 'html' || text === 'csv' || text === 'json';
}

function isDay(text: string): boolean {
  return parseFhirDate(text)?.precision === 'day' && /^\d{4}-\d{2}-\d{2}$/.test(text);
}

interface Switches {
  all(name: SwitchName): readonly string[];
  last(name: SwitchName): string | undefined;
}

/** A switch without its value must not pass for none: `verify --from` is no verification of the whole trail. */
function readSwitches(values: Readonly<Record<string, unknown>>): Switches | NotUnderstood {
  const read = new Map<string, readonly string[]>();
  for (const name of Object.keys(options)) {
    const found: unknown = values[name] ?? [];
    const list: readonly unknown[] = Array.isArray(found) ? found : [found];
    const texts = list.filter((value) => typeof value === 'string' && value !== '' && !value.startsWith('-'));
    if (texts.length < list.length) return notUnderstood(`The value of --${name} is missing.`);
    read.set(name, texts.map(String));
  }
  const all = (name: SwitchName) => read.get(name) ?? [];
  return { all, last: (name) => all(name).at(-1) };
}

function notUnderstood(problem: string): NotUnderstood {
  return { kind: 'not-understood', problem };
}
