import { hostname } from 'node:os';
import path from 'node:path';
import { app } from 'electron';
import { type Audit, createAudit } from '../audit/audit.ts';
import { connectTo } from '../audit/forward/collector.ts';
import { type Forwarder, startForwarder } from '../audit/forward/forwarder.ts';
import { createEncrypter } from '../audit/jwe.ts';
import { type LastRun, readLastRun } from '../audit/last-run.ts';
import { openTrail } from '../audit/trail.ts';
import { type Actor, isForwardedAtOnce } from '../audit/trail-event.ts';
import type { Log } from '../diagnostics/log.ts';
import { newReference } from '../diagnostics/reference.ts';
import type { Environment } from '../settings/environment.ts';

export interface AuditTrailOptions {
  readonly settings: Environment['audit'];
  readonly actor: () => Actor | undefined;
  readonly log: Pick<Log, 'write'>;
}

export interface AuditTrail {
  readonly audit: Audit;
  /** `undefined`: the site forwards nothing. */
  readonly forwarder: Forwarder | undefined;
  readonly lastRun: LastRun;
}

/** Opens the audit trail of this user on this workstation, and its forwarder. */
export function openAudit({ settings, actor, log }: AuditTrailOptions): AuditTrail {
  const { publicKey } = settings;
  const workstation = hostname();
  const now = () => new Date();
  const folder = path.join(app.getPath('userData'), 'audit');
  const lastRun = readLastRun(folder, new Date());
  const forwarder = openForwarder(folder, workstation, settings, log);
  const audit = createAudit({
    trail: openTrail({
      folder,
      workstation,
      now,
      onWritten: (_entry, event) => forwarder?.wake(isForwardedAtOnce(event) ? 'at-once' : 'soon'),
    }),
    workstation,
    encrypter: publicKey === undefined ? undefined : createEncrypter(publicKey),
    actor,
    now,
    newReference,
    onFailure: ({ kind, reference }, reason) =>
      log.write({ event: 'fault', kind, reference, detail: `audit trail: ${reason}` }),
  });
  return { audit, forwarder, lastRun };
}

/** For each step of a connection to the collector. */
const collectorTimeoutMs = 15_000;

function openForwarder(
  folder: string,
  workstation: string,
  { forwardTo, forwardCertificateFile }: AuditTrailOptions['settings'],
  log: AuditTrailOptions['log'],
): Forwarder | undefined {
  if (forwardTo === undefined) return undefined;
  return startForwarder({
    folder,
    workstation,
    connect: connectTo({
      address: forwardTo,
      certificateFile: forwardCertificateFile,
      timeoutMs: collectorTimeoutMs,
    }),
    onFailure: (reason) => log.write({ event: 'forwarding', reason }),
  });
}
