import * as client from 'openid-client';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Simulator, startSimulator } from '../start.ts';
import { control, signIn } from '../testing/application.ts';

let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator();
});
afterEach(() => control(simulator, 'POST', 'reset'));
afterAll(() => simulator.stop());

describe('signing in', () => {
  test('a user with one role is not asked for it, and the ID token is that of CIS2', async () => {
    const { configuration, tokens } = await signIn({ simulator, press: ['Nora Synthetic'] });
    const claims = tokens.claims();
    expect(claims).toMatchObject({
      iss: simulator.issuer,
      sub: '999999910000',
      selected_roleid: '555991000010',
      id_assurance_level: 3,
      authentication_assurance_level: 3,
      acr: 'AAL3_ANY',
      amr: ['N3_SMARTCARD'],
      sid: expect.any(String),
      auth_time: expect.any(Number),
    });
    expect(claims).not.toHaveProperty('nhsid_nrbac_roles');
    const userinfo = await client.fetchUserInfo(configuration, tokens.access_token, '999999910000');
    expect(userinfo).toMatchObject({
      nhsid_useruid: '999999910000',
      display_name: 'Nora Synthetic',
      selected_roleid: '555991000010',
      nhsid_nrbac_roles: [
        {
          person_roleid: '555991000010',
          role_code: 'S8000:G8000:R8001',
          role_name: '"Clinical":"Clinical Provision":"Nurse Access Role"',
          activity_codes: ['B0107', 'B0170', 'B0820'],
        },
      ],
      nhsid_user_orgs: [{ org_code: 'Z9A01', org_name: 'SYNTHETIC GENERAL HOSPITAL' }],
    });
  });

  test('a user with several roles is asked', async () => {
    const press = ['Mira Synthetic', 'Midwife Access Role, SYNTHETIC CHILD CLINIC (Z9A03)'];
    const { tokens } = await signIn({ simulator, press });
    expect(tokens.claims()).toHaveProperty('selected_roleid', '555991003011');
  });
});
