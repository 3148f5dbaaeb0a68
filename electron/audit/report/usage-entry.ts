import * as v from 'valibot';
import type { Entry } from '../entry.ts';
import { recordedNotification } from '../recorded-notification.ts';

const actor = v.fallback(
  v.nullable(v.object({ userId: v.string(), role: v.string(), organisation: v.string() })),
  null,
);
const fault = v.fallback(v.nullable(v.object({ kind: v.string() })), null);
const whoAndWhere = { actor, workstation: v.fallback(v.string(), '') };

const schema = v.variant('event', [
  v.object({
    event: v.picklist([
      'started',
      'ended',
      'signed-in',
      'locked',
      'patient-trace',
      'patient-search',
      'copied',
      'record-copied',
      'print',
      'save-pdf',
      'unrecorded-copy-removed',
    ]),
    ...whoAndWhere,
  }),
  v.object({ event: v.picklist(['sign-in-failed', 'signed-out']), fault, ...whoAndWhere }),
  v.object({
    event: v.picklist([
      'patient-trace-outcome',
      'patient-search-outcome',
      'print-outcome',
      'save-pdf-outcome',
    ]),
    outcome: v.string(),
    fault,
    ...whoAndWhere,
  }),
  v.object({
    event: v.literal('cpis-query'),
    query: v.string(),
    checkId: v.string(),
    careSetting: v.string(),
    repeat: v.fallback(v.string(), 'first'),
    ...whoAndWhere,
  }),
  v.object({
    event: v.literal('cpis-outcome'),
    query: v.string(),
    checkId: v.nullable(v.string()),
    outcome: v.string(),
    notification: v.fallback(recordedNotification, ''),
    fault,
    ...whoAndWhere,
  }),
]);

export type UsageEntry = v.InferOutput<typeof schema>;

/** What a report reads of an entry. Every other entry is skipped, and so is one that another version wrote otherwise. */
export function readUsageEntry(entry: Entry): UsageEntry | undefined {
  const parsed = v.safeParse(schema, entry);
  return parsed.success ? parsed.output : undefined;
}
