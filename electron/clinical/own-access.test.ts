import { expect, test } from 'vitest';
import type { AccessView } from '../../shared/clinical/cp-is.ts';
import { markOwnAccess, type OwnCheck } from './own-access.ts';

const check: OwnCheck = {
  user: { name: 'Nora Synthetic', role: 'Nurse Access Role', organisation: 'SYNTHETIC GENERAL HOSPITAL' },
  sentAt: new Date('2026-11-23T02:10:00Z'),
  answeredAt: new Date('2026-11-23T02:10:03Z'),
  sentBefore: undefined,
};

const at = (time: string): Pick<AccessView, 'at' | 'atSortKey'> => ({
  at: { short: time, long: time },
  atSortKey: `2026-11-23T${time}.000Z`,
});
const own: AccessView = {
  ...at('02:10:02'),
  name: 'Nora Synthetic',
  role: 'Nurse Access Role',
  organisation: 'SYNTHETIC GENERAL HOSPITAL (Z9A01)',
};
const earlier: AccessView = { ...own, ...at('01:20:00') };
const marked = (accesses: readonly AccessView[], changed: Partial<OwnCheck> = {}) =>
  markOwnAccess(accesses, { ...check, ...changed }).map(({ isThisCheck }) => isThisCheck ?? false);

test('the entry of this user, at this organisation, at the time of the check, is this check', () => {
  expect(marked([own, earlier])).toEqual([true, false]);
  expect(marked([{ ...own, name: ' nora  SYNTHETIC ', organisation: 'Synthetic General Hospital' }])).toEqual(
    [true],
  );
});

test.each<[string, readonly AccessView[], Partial<OwnCheck>]>([
  ['another user', [{ ...own, name: 'Otto Synthetic' }], {}],
  ['the name in another form', [{ ...own, name: 'SYNTHETIC, Nora' }], {}],
  ['another organisation', [{ ...own, organisation: 'SYNTHETIC WALK-IN CENTRE (Z9A02)' }], {}],
  ['an organisation whose name goes on', [{ ...own, organisation: 'SYNTHETIC GENERAL HOSPITAL NORTH' }], {}],
  ['a time before the check', [{ ...own, ...at('02:09:54') }], {}],
  ['a time after the answer', [{ ...own, ...at('02:10:09') }], {}],
  ['no time', [{ ...own, atSortKey: '' }], {}],
  ['a day without a time', [{ ...own, atSortKey: '2026-11-23' }], {}],
  ['two entries that fit', [own, { ...own, ...at('02:10:01') }], {}],
  ['a check of the same patient just before', [own], { sentBefore: new Date('2026-11-23T02:09:52Z') }],
])('H15: in doubt no entry is marked: %s', (_what, accesses, changed) => {
  expect(marked(accesses, changed)).toEqual(accesses.map(() => false));
});
