/** H4, H10: the audit trail has every query and what came of it, and no name of a user. H16: which services those are. */
import type { Control } from './control.ts';

const audit = 'electron/audit/audit.test.ts';
const forwarder = 'electron/audit/forward/forwarder.test.ts';
const rules = 'electron/settings/validate-environment.ts';
const environment = 'electron/settings/parse-environment.test.ts';

export const auditTrail: readonly Control[] = [
  {
    hazard: 'H4',
    control: 'What has happened while the trail could not be written is written late, and it says so',
    file: 'electron/audit/audit.ts',
    find: 'waiting.push(entry);',
    replace: 'during.refused += 1;',
    testFile: audit,
    test: 'H4: gets what has happened meanwhile late, in its order and with its own time, and says so',
  },
  {
    hazard: 'H4',
    control: 'A viewer that could not record its end shows in the trail',
    file: 'electron/audit/verify.ts',
    find: "runIsOpen = entry['recordsEnd'] === true;",
    replace: 'runIsOpen = false;',
    testFile: audit,
    test: 'H4: until the end shows it at the next start: the viewer never said that it had ended',
  },
  {
    hazard: 'H4',
    control: 'A query is sent to the log collector at once',
    file: 'electron/audit/forward/forwarder.ts',
    find: "urgency === 'at-once' ? 0 : limits.gather",
    replace: "urgency === 'at-once' ? limits.gather : limits.gather",
    testFile: forwarder,
    test: 'H4: what must be written first is sent at once',
  },
  {
    hazard: 'H4',
    control: 'The viewer sends the rest to the log collector before it ends',
    file: 'electron/main/run.ts',
    find: 'audit.end().then(() => services.forwarder?.finish(forwardingAtQuitMs)),',
    replace: 'audit.end().then(() => forwardingAtQuitMs),',
    testFile: 'e2e/audit/forwarding.spec.ts',
    test: 'H4: every entry arrives at the log collector, the last before the viewer ends, the NHS number sealed',
  },
  {
    hazard: 'H4',
    control: 'A trail that no longer has what the log collector has is found',
    file: 'electron/audit/verify.ts',
    find: 'if (seq > end.seq) problem(',
    replace: 'if (seq > end.seq) note(',
    testFile: forwarder,
    test: 'H4: a trail that no longer has what was forwarded is found, cut off or written anew',
  },
  {
    hazard: 'H10',
    control: 'The audit trail names no user',
    file: 'electron/audit/audit.ts',
    find: '  return { userId, roleId, role, organisation };',
    replace: '  return { ...actor, userId, roleId, role, organisation };',
    testFile: audit,
    test: 'H10: the user in the trail is an id and a role, and never a name',
  },
  {
    hazard: 'H16',
    control: 'Beside a preset there is no host of another national environment',
    file: rules,
    find: 'addresses.find((address) => address.environment !== preset)',
    replace: 'addresses.find(() => false)',
    testFile: environment,
    test: 'H16: has no host of another national environment beside it',
  },
  {
    hazard: 'H16',
    control: 'An address of production counts as live, however it is written',
    file: rules,
    find: 'if (production !== undefined && !live) return',
    replace: 'if (production !== undefined && !live && preset !== undefined) return',
    testFile: environment,
    test: 'H16: an address of production counts as live',
  },
  {
    hazard: 'H16',
    control: 'A national service for tests never counts as live',
    file: rules,
    find: 'if (test !== undefined && live)',
    replace: 'if (test !== undefined && live && preset !== undefined)',
    testFile: environment,
    test: 'H16: an address for tests never counts as live',
  },
  {
    hazard: 'H16',
    control: 'Production is mixed with no other national environment',
    file: rules,
    find: 'if (production !== undefined && test !== undefined)',
    replace: 'if (production !== undefined && test !== undefined && preset !== undefined)',
    testFile: environment,
    test: 'H16: production is mixed with no other national environment',
  },
];
