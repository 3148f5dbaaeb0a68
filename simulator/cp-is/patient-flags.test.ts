import { afterAll, expect, test } from 'vitest';
import { startSimulator } from '../start.ts';
import { control, environmentOf, obtainAccessToken, read } from '../testing/application.ts';

const simulator = await startSimulator({ wireFormat: 'patient-flags' });
const token = await obtainAccessToken(simulator, ['Nora Synthetic']);
afterAll(() => simulator.stop());

const flags = (number: string) =>
  read(
    `${environmentOf(simulator).cpis.baseUrl}/PatientFlag?patient=${number}&code=child-protection-information-system-flag`,
    token,
  );

test('a plan is a Flag, a CarePlan and a CareTeam', async () => {
  const { status, body } = await flags('9990000018');
  expect(status).toBe(200);
  expect(body).toMatchObject({
    resourceType: 'Bundle',
    type: 'searchset',
    total: 1,
    entry: [
      { resource: { resourceType: 'Flag', status: 'active' }, search: { mode: 'match' } },
      { resource: { resourceType: 'CarePlan', status: 'active' }, search: { mode: 'include' } },
      {
        resource: { resourceType: 'CareTeam', name: 'Z9L1 - SYNTHETIC BOROUGH COUNCIL' },
        search: { mode: 'include' },
      },
    ],
  });
});

test('the references lead from one to the next', async () => {
  const [flag, carePlan, careTeam] = Object((await flags('9990000018')).body).entry;
  expect(flag.resource.extension[0].valueReference.reference).toBe(carePlan.fullUrl);
  expect(carePlan.resource.careTeam[0].reference).toBe(careTeam.fullUrl);
});

test('an ended plan is not active, and other categories lie beside', async () => {
  const { body } = await flags('9990000042');
  expect(body).toMatchObject({ total: 5 });
  expect(Object(body).entry.slice(0, 5).map(summaryOf)).toEqual([
    ['child-protection-information-system-flag', 'inactive'],
    ['child-protection-information-system-flag', 'active'],
    ['child-protection-information-system-flag', 'active'],
    ['child-protection-information-system-flag', 'active'],
    ['reasonable-adjustment-flag', 'active'],
  ]);
});

function summaryOf(entry: { resource: { status: string; code: { coding: { code: string }[] } } }) {
  return [entry.resource.code.coding[0]?.code, entry.resource.status];
}

test('none has an empty entry; an unknown patient is an error', async () => {
  expect((await flags('9990000077')).body).toEqual({
    resourceType: 'Bundle',
    type: 'searchset',
    total: 0,
    entry: [],
  });
  expect(await flags('9990000263')).toMatchObject({
    status: 404,
    body: { resourceType: 'OperationOutcome', issue: [{ code: 'not-found' }] },
  });
});

test('H4: no local authority is notified', async () => {
  await flags('9990000018');
  expect((await control(simulator, 'GET', 'notifications')).body).toEqual([]);
});
