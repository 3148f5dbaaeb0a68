/**
 * Exports the trail as a table or as JSON, for information-governance staff, entry by entry. With their private key the
 * export contains decrypted NHS numbers; without the key it says `sealed` in their place.
 */
import * as v from 'valibot';
import { canonicalJson, type Json } from './canonical-json.ts';
import { csvLine, escapeInJson } from './csv.ts';
import type { Entry } from './entry.ts';
import type { Decrypter } from './jwe.ts';
import type { VerificationIssue } from './verification-issue.ts';

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

/** Gives the text of an export in pieces, in this order: `begin`, each entry, `end`. */
export interface TrailExport {
  begin(): string;
  entry(entry: Entry): string;
  end(findings: readonly VerificationIssue[]): string;
}

/** CSV by RFC 4180, with a line of headings. */
export function csvExport(decrypter: Decrypter | undefined): TrailExport {
  return {
    begin: () => csvLine(columns),
    entry(entry) {
      const row = rowOf(entry, decrypter);
      return csvLine(columns.map((column) => row[column]));
    },
    end: () => '',
  };
}

/** The entries as written, with decrypted NHS numbers, and then the issues of the verification. */
export function jsonExport(decrypter: Decrypter | undefined): TrailExport {
  let isFirst = true;
  return {
    begin: () => '{\n  "entries": [',
    entry(entry) {
      const opened = {
        ...entry,
        actor: v.parse(actorSchema, entry['actor']),
        ...(typeof entry['patient'] === 'string' ? { patient: patientOf(entry, decrypter) } : {}),
      };
      const separator = isFirst ? '' : ',';
      isFirst = false;
      return `${separator}\n    ${indentedJson(opened, 4)}`;
    },
    end: (findings) => `${isFirst ? '' : '\n  '}],\n  "findings": ${indentedJson(findings, 2)}\n}\n`,
  };
}

function indentedJson(value: unknown, indent: number): string {
  const json = JSON.stringify(value, undefined, 2);
  return escapeInJson(json.replaceAll('\n', `\n${' '.repeat(indent)}`));
}

/** Early builds of version 0.1.0 wrote some entries with the user's name and without the role's id: the export omits the name. */
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
  const { seq, at, event, hash, previous: _previous, actor, fault, patient: _patient, ...members } = entry;
  const { workstation, query, careSetting, mayNotify, repeat, ...more } = members;
  const { checkId, outcome, notification, ...others } = more;
  const who = v.parse(actorSchema, actor);
  const wrong = v.parse(faultSchema, fault);
  return {
    seq: String(seq),
    at,
    event,
    userId: who?.userId ?? '',
    roleId: who?.roleId ?? '',
    role: who?.role ?? '',
    organisation: who?.organisation ?? '',
    workstation: textOf(workstation),
    patient: patientOf(entry, decrypter),
    query: textOf(query),
    careSetting: textOf(careSetting),
    mayNotify: textOf(mayNotify),
    repeat: textOf(repeat),
    checkId: textOf(checkId),
    outcome: textOf(outcome),
    notification: textOf(notification),
    fault: wrong?.kind ?? '',
    reference: wrong?.reference ?? '',
    detail:
      Object.keys(others).length === 0 ? '' : canonicalJson(others as { readonly [member: string]: Json }),
    hash,
  };
}

const textOf = (value: unknown): string => (value === null || value === undefined ? '' : String(value));

function patientOf(entry: Entry, decrypter: Decrypter | undefined): string {
  const { patient } = entry;
  if (typeof patient !== 'string') return '';
  if (decrypter === undefined) return 'sealed';
  return decrypter.decrypt(patient) ?? 'sealed to another key';
}
