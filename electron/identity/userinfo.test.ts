import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { readDisplayName, readRoles, userInfoSchema } from './userinfo.ts';

const read = (more: Record<string, unknown>) => v.parse(userInfoSchema, { sub: '999999999999', ...more });
const roleOf = (role: Record<string, unknown>, more: Record<string, unknown> = {}) =>
  readRoles(read({ nhsid_nrbac_roles: [{ person_roleid: '1', ...role }], ...more }))[0];

describe('a role', () => {
  test.each([
    ['"Clinical":"Clinical Provision":"Nurse Access Role"', 'Nurse Access Role'],
    ['"Clinical":"Clinical Provision":"Nurse: Ward 3"', 'Nurse: Ward 3'],
    ['"Nurse Access Role"', 'Nurse Access Role'],
    ['Nurse Access Role', 'Nurse Access Role'],
    ['"Clinical":""', 'Clinical'],
  ])('%s is shown as %s', (role_name, name) => {
    expect(roleOf({ role_name })?.name).toBe(name);
  });

  test.each([
    ['no name but a code', { role_code: 'S8000:G8000:R8001' }, 'S8000:G8000:R8001'],
    ['an empty name', { role_name: '""' }, 'Role without a name'],
    ['nothing at all', {}, 'Role without a name'],
  ])('with %s still has one', (_case, role, name) => {
    expect(roleOf(role)).toEqual({
      id: '1',
      name,
      organisation: 'Organisation not known',
      organisationCode: undefined,
      activityCodes: [],
    });
  });

  test('shows its organisation by name, else by code', () => {
    const nhsid_user_orgs = [{ org_code: 'A9A5A', org_name: 'EXAMPLE TRUST' }, { org_code: 'B' }, {}];
    expect(roleOf({ org_code: 'A9A5A' }, { nhsid_user_orgs })?.organisation).toBe('EXAMPLE TRUST');
    expect(roleOf({ org_code: 'B' }, { nhsid_user_orgs })?.organisation).toBe('B');
    expect(roleOf({ org_code: 'C' })?.organisation).toBe('C');
  });
});

test.each([
  [' Z9A01 ', 'Z9A01'],
  ['Z9', undefined],
  ['Z9A01\r\nX-Other: 1', undefined],
  ['', undefined],
])('the ODS code %j goes into a header as %s', (org_code, code) => {
  expect(roleOf({ org_code })?.organisationCode).toBe(code);
});

describe('optional arrays', () => {
  test.each([[{}], [{ nhsid_nrbac_roles: null, nhsid_user_orgs: null }], [{ nhsid_nrbac_roles: [] }]])(
    '%j: no role',
    (more) => {
      expect(readRoles(read(more))).toEqual([]);
    },
  );
});

describe('the name on the screen', () => {
  test.each([
    [{ display_name: ' Terry Tester ' }, 'Terry Tester'],
    [{ display_name: ' ', given_name: 'Terry', family_name: 'TESTER' }, 'Terry TESTER'],
    [{ family_name: 'TESTER' }, 'TESTER'],
    [{ name: 'TESTER Terry (Dr)' }, 'TESTER Terry (Dr)'],
    [{}, 'Name not known'],
  ])('%j', (more, name) => {
    expect(readDisplayName(read(more))).toBe(name);
  });
});
