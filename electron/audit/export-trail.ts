/**
 * The trail as a table or as JSON, for information-governance staff. With their private key the NHS numbers are opened;
 * without it they are said to be sealed.
 */
import * as v from 'valibot';
import { canonicalJson, type Json } from './canonical-json.ts';
import type { Entry } from './entry.ts';
import type { Decrypter } from './jwe.ts';
import type { TrailReport } from './verify.ts';

const columns = [
  'seq',
  'at',
  'event',
  'userId',
  'roleId',
  'role',
  'organisation',
  'workstation',
  'patient',
  'query',
  'careSetting',
  'mayNotify',
  'repeat',
  'checkId',
  'outcome',
  'notification',
  'fault',
  'reference',
  'detail',
  'hash',
] as const;

type Row = Readonly<Record<(typeof columns)[number], string>>;

/** RFC 4180, with a line of headings. */
export function exportCsv({ entries }: TrailReport, opener: Decrypter | undefined): string {
  const lines = entries.map((entry) => {
    const row = rowOf(entry, opener);
    return columns.map((column) => csvCell(row[column]));
  });
  return [columns, ...lines].map((cells) => `${cells.join(',')}\r\n`).join('');
}

/** The entries as they were written but for the opened NHS numbers, and what the verification found. */
export function exportJson({ entries, findings }: TrailReport, opener: Decrypter | undefined): string {
  const opened = entries.map((entry) => ({
    ...entry,
    actor: v.parse(actorSchema, entry['actor']),
    ...(typeof entry['patient'] === 'string' ? { patient: patientOf(entry, opener) } : {}),
  }));
  const json = JSON.stringify({ findings, entries: opened }, undefined, 2);
  return `${json.replaceAll(notShown, escapeCharacter)}\n`;
}

/** Version 0.1.0 wrote some entries with the user's name and without the role's id: the first is left out. */
const actorSchema = v.fallback(
  v.nullable(
    v.object({
      userId: v.string(),
      roleId: v.optional(v.string(), ''),
      role: v.string(),
      organisation: v.string(),
    }),
  ),
  null,
);
const faultSchema = v.fallback(v.nullable(v.object({ kind: v.string(), reference: v.string() })), null);

function rowOf(entry: Entry, opener: Decrypter | undefined): Row {
  const { seq, at, event, hash, previous: _previous, actor, fault, ...rest } = entry;
  const who = v.parse(actorSchema, actor);
  const wrong = v.parse(faultSchema, fault);
  const take = (name: string): string => {
    const value = rest[name];
    delete rest[name];
    return value === null || value === undefined ? '' : String(value);
  };
  const taken = {
    workstation: take('workstation'),
    query: take('query'),
    careSetting: take('careSetting'),
    mayNotify: take('mayNotify'),
    repeat: take('repeat'),
    checkId: take('checkId'),
    outcome: take('outcome'),
    notification: take('notification'),
  };
  delete rest['patient'];
  return {
    seq: String(seq),
    at,
    event,
    userId: who?.userId ?? '',
    roleId: who?.roleId ?? '',
    role: who?.role ?? '',
    organisation: who?.organisation ?? '',
    ...taken,
    patient: patientOf(entry, opener),
    fault: wrong?.kind ?? '',
    reference: wrong?.reference ?? '',
    detail: Object.keys(rest).length === 0 ? '' : canonicalJson(rest as { readonly [member: string]: Json }),
    hash,
  };
}

function patientOf(entry: Entry, opener: Decrypter | undefined): string {
  const { patient } = entry;
  if (typeof patient !== 'string') return '';
  if (opener === undefined) return 'sealed';
  return opener.open(patient) ?? 'sealed to another key';
}

/**
 * What a table or a terminal would obey and not show: control characters (ESC begins a terminal's commands, a line feed a
 * line of a table), marks that turn the direction of writing, and line separators. A line feed within JSON is its layout.
 */
const notShown = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
const notShownInCell = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** As JSON writes it: `\u001b`. Beyond the first plane as two. */
function escapeCharacter(character: string): string {
  return character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}

/**
 * A spreadsheet runs a cell that begins like a formula, also with blanks before it or in a wider form of the sign
 * (`＝`, which NFKC makes `=`): such a text gets an apostrophe in front. Source: OWASP, CSV injection.
 */
function csvCell(text: string): string {
  const shown = text.replaceAll(notShownInCell, escapeCharacter);
  const harmless = /^\s*[=+\-@\u2212]/.test(shown.normalize('NFKC')) ? `'${shown}` : shown;
  return /[",]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
