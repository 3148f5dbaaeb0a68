/**
 * Exports the trail as a table or as JSON, for information-governance staff. With their private key the export contains
 * decrypted NHS numbers; without the key it says `sealed` in their place.
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

/** CSV by RFC 4180, with a line of headings. */
export function exportCsv({ entries }: TrailReport, decrypter: Decrypter | undefined): string {
  const lines = entries.map((entry) => {
    const row = rowOf(entry, decrypter);
    return columns.map((column) => csvCell(row[column]));
  });
  return [columns, ...lines].map((cells) => `${cells.join(',')}\r\n`).join('');
}

/** The entries as written, with decrypted NHS numbers, and the issues of the verification. */
export function exportJson({ entries, findings }: TrailReport, decrypter: Decrypter | undefined): string {
  const opened = entries.map((entry) => ({
    ...entry,
    actor: v.parse(actorSchema, entry['actor']),
    ...(typeof entry['patient'] === 'string' ? { patient: patientOf(entry, decrypter) } : {}),
  }));
  const json = JSON.stringify({ findings, entries: opened }, undefined, 2);
  return `${json.replaceAll(notShown, escapeCharacter)}\n`;
}

/** Version 0.1.0 wrote some entries with the user's name and without the role's id: the export omits the name. */
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

function rowOf(entry: Entry, decrypter: Decrypter | undefined): Row {
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
    patient: patientOf(entry, decrypter),
    fault: wrong?.kind ?? '',
    reference: wrong?.reference ?? '',
    detail: Object.keys(rest).length === 0 ? '' : canonicalJson(rest as { readonly [member: string]: Json }),
    hash,
  };
}

function patientOf(entry: Entry, decrypter: Decrypter | undefined): string {
  const { patient } = entry;
  if (typeof patient !== 'string') return '';
  if (decrypter === undefined) return 'sealed';
  return decrypter.decrypt(patient) ?? 'sealed to another key';
}

/**
 * Characters that a spreadsheet or a terminal interprets and does not show: control characters (ESC begins a terminal
 * command, a line feed a new row), marks that reverse the direction of writing, and line separators. A line feed in JSON is
 * layout.
 */
const notShown = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
const notShownInCell = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** Escapes as JSON does: `\u001b`. A character beyond the first plane becomes two escapes. */
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
