/** For tests: an audit over a real trail in a folder, and a double that records in memory. */
import { type Audit, type AuditDependencies, createAudit } from '../audit.ts';
import { openTestTrail, workstation } from './test-trail.ts';

/** No user is signed in, and NHS numbers are not recorded, unless `further` says otherwise. */
export function createTestAudit(folder: string, further: Partial<AuditDependencies> = {}): Audit {
  const now = further.now ?? (() => new Date());
  return createAudit({
    trail: openTestTrail(folder, { now }),
    workstation,
    encrypter: undefined,
    actor: () => undefined,
    now,
    newReference: () => 'ref-1',
    onFailure: () => undefined,
    ...further,
  });
}

/** `record` stands for the trail; no user is signed in, and NHS numbers are given to it as they are. */
export function auditDouble(
  record: Audit['record'],
): Pick<Audit, 'record' | 'actor' | 'encrypt' | 'whileUnderWay'> {
  return { record, actor: () => null, encrypt: (nhsNumber) => nhsNumber, whileUnderWay: (work) => work };
}
