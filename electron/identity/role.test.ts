import { describe, expect, test } from 'vitest';
import { decideRole, type HeldRole, type RoleInputs } from './role.ts';

const role = (id: string): HeldRole => ({
  id,
  name: id,
  organisation: 'o',
  organisationCode: 'Z9A01',
  activityCodes: [],
});
const one = [role('1')];
const two = [role('1'), role('2')];

const inputs = (more: Partial<RoleInputs>): RoleInputs => ({
  selectedRoleId: undefined,
  roles: one,
  pickerAllowed: false,
  signedInTwice: false,
  ...more,
});

describe('step 9, row by row', () => {
  test.each([
    ['selected and held', { selectedRoleId: '2', roles: two }, { kind: 'selected', role: { id: '2' } }],
    ['not selected, one role', {}, { kind: 'sign-in-again' }],
    ['not selected, one role, picker on', { pickerAllowed: true }, { kind: 'sign-in-again' }],
    [
      'not selected the second time, one role',
      { signedInTwice: true },
      { kind: 'refused', reason: 'none-selected' },
    ],
    [
      'not selected the second time, picker on',
      { signedInTwice: true, pickerAllowed: true },
      { kind: 'choose', roles: one },
    ],
    ['not selected, several roles', { roles: two }, { kind: 'refused', reason: 'none-selected' }],
    [
      'not selected, several roles, picker on',
      { roles: two, pickerAllowed: true },
      { kind: 'choose', roles: two },
    ],
    ['the empty text', { selectedRoleId: '' }, { kind: 'refused', reason: 'empty-selection' }],
    ['not held', { selectedRoleId: '9' }, { kind: 'refused', reason: 'not-held' }],
    ['held but for a space', { selectedRoleId: '1 ' }, { kind: 'refused', reason: 'not-held' }],
    ['no role at all', { roles: [] }, { kind: 'refused', reason: 'no-role' }],
    ['selected, but none held', { selectedRoleId: '1', roles: [] }, { kind: 'refused', reason: 'no-role' }],
  ] satisfies [string, Partial<RoleInputs>, object][])('%s', (_row, more, decision) => {
    expect(decideRole(inputs(more))).toMatchObject(decision);
  });

  test.each(['', '9'])('a picker never mends the selection %j', (selectedRoleId) => {
    expect(decideRole(inputs({ selectedRoleId, roles: two, pickerAllowed: true })).kind).toBe('refused');
  });
});
