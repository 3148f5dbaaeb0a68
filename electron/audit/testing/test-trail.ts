/** For tests: a trail of one workstation, and a user of it. */
import path from 'node:path';
import { openTrail, type Trail, type TrailDependencies } from '../trail.ts';
import type { Actor, AuditEvent } from '../trail-event.ts';

export const workstation = 'WARD-7';

export const nurse: Actor = {
  userId: '999999910000',
  roleId: '999999910001',
  role: 'Nurse',
  organisation: 'Testing NHS Trust',
};

/** An unscheduled check, by its query and its outcome. */
export const checkQuery = {
  event: 'cpis-query',
  query: 'check',
  checkId: 'check-1',
  patient: null,
  careSetting: 'unscheduled',
  mayNotify: true,
  repeat: 'first',
} as const satisfies AuditEvent;
export const checkOutcome = {
  event: 'cpis-outcome',
  query: 'check',
  checkId: 'check-1',
  outcome: 'found',
  notification: 'sent',
  fault: null,
} as const satisfies AuditEvent;

/** In real time where `further` has no clock. */
export function openTestTrail(folder: string, further: Partial<TrailDependencies> = {}): Trail {
  return openTrail({ folder, workstation, now: () => new Date(), ...further });
}

/** Appends the events one after the other. */
export async function append(
  trail: Trail,
  events: readonly AuditEvent[],
  actor: Actor | null = null,
): Promise<void> {
  for (const event of events) await trail.append({ ...event, workstation, actor });
}

/** Appends the same event so many times. */
export function appendCopies(trail: Trail, count: number): Promise<void> {
  return append(trail, Array<AuditEvent>(count).fill({ event: 'copied' }));
}

/** Its number is that of its first entry. */
export const firstFileOf = (folder: string) => path.join(folder, 'audit-000000000001.jsonl');
