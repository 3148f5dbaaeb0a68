/** The audit of this workstation, in the user's own data. */
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import path from 'node:path';
import { app } from 'electron';
import { type Audit, createAudit } from '../audit/audit.ts';
import type { Actor } from '../audit/audit-event.ts';
import { createSealer } from '../audit/sealed-value.ts';
import { openTrail } from '../audit/trail.ts';
import type { Log } from '../diagnostics/log.ts';
import type { Environment } from '../settings/environment.ts';

export interface AuditTrailOptions {
  readonly settings: Environment['audit'];
  readonly actor: () => Actor | undefined;
  readonly log: Pick<Log, 'write'>;
}

export function openAudit({ settings: { publicKey }, actor, log }: AuditTrailOptions): Audit {
  const workstation = hostname();
  const folder = path.join(app.getPath('userData'), 'audit');
  return createAudit({
    trail: openTrail({ folder, workstation, now: () => new Date() }),
    workstation,
    sealer: publicKey === undefined ? undefined : createSealer(publicKey),
    actor,
    newReference: () => randomUUID().slice(0, 8),
    onFailure: ({ kind, reference }, reason) =>
      log.write({ event: 'fault', kind, reference, detail: `audit trail: ${reason}` }),
  });
}
