/** H2: whatever is wrong with an answer, it never looks like "no record". */

import type { Simulator } from '../../simulator/client.ts';
import { answering, careTeam, match, operationOutcome, searchset } from '../fhir-answers.ts';
import { expect, test, type Viewer } from '../fixtures.ts';
import { answerQuestions } from '../main-process.ts';
import { expectScreen, screens } from '../screens.ts';

/** What cannot be read, but speaks of a record: the clinician is told that it does. */
const mentioned = /mentions a CP-IS record, but it cannot be read safely/;
const aboutAnother = /an answer for a different NHS number/;

async function expectCouldNotCheck({ page }: Viewer, happened: RegExp): Promise<void> {
  await expectScreen(page, 'couldNotCheck');
  const main = page.getByRole('main');
  await expect(main).toContainText(happened);
  await expect(main).toContainText(
    happened === mentioned
      ? 'There may be a CP-IS record for this patient. We do not know what it says.'
      : 'We do not know if there is a CP-IS record.',
  );
  await expect(main).toContainText("phone the local authority's children's services");
  await expect(main).toContainText(/Support reference \S+/);
  await expect(page.getByRole('button', { name: 'Check again' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Copy support reference' })).toBeVisible();
  await expect(page.getByRole('article')).toHaveCount(0);
  await expect(page.locator('body')).not.toContainText(/no cp-is record/i);
}

const searchFor = 'patient:identifier=https://fhir.nhs.uk/Id/nhs-number|';
const asked = 'child-protection';
const other = '9990000077';

type Answer = (nhsNumber: string) => Parameters<Simulator['fault']>[1];

type Failure = readonly [name: string, answer: Answer, happened: RegExp];

const failures: Readonly<Record<string, readonly Failure[]>> = {
  'whatever happens on the way': [
    ['a connection that breaks', () => ({ kind: 'reset' }), /could not reach the service/],
    ['an answer that breaks off', () => ({ kind: 'truncate' }), /cannot be read safely|could not reach/],
    ['a proxy’s page', () => ({ kind: 'html' }), /answered in its place/],
    ['a redirect', () => ({ kind: 'redirect', location: '/elsewhere' }), /cannot be read safely/],
    ['HTTP 500', () => ({ kind: 'status', status: 500 }), /not working properly/],
    ['HTTP 504', () => ({ kind: 'status', status: 504 }), /not working properly|did not answer in time/],
    ['HTTP 429', () => ({ kind: 'status', status: 429 }), /too busy/],
    ['HTTP 404', () => ({ kind: 'status', status: 404 }), /.+/],
    ['HTTP 204', () => ({ kind: 'status', status: 204 }), /cannot be read safely/],
  ],
  'a body that is damaged': [
    ['an empty body', () => answering(''), /cannot be read safely/],
    [
      'half a body',
      (id) => answering(JSON.stringify(searchset(1, [match(careTeam(id))])).slice(0, -9)),
      mentioned,
    ],
    ['JSON of another kind', () => answering({ total: 0 }), /cannot be read safely/],
    [
      'a bundle of another type',
      () => answering({ ...searchset(0), type: 'collection' }),
      /cannot be read safely/,
    ],
    [
      'a searchset without a total',
      () => answering({ resourceType: 'Bundle', type: 'searchset' }),
      /cannot be read safely/,
    ],
  ],
  'an answer that contradicts itself, or is about another patient': [
    ['a total without its entries', () => answering(searchset(1)), mentioned],
    ['a total larger than the matches', (id) => answering(searchset(2, [match(careTeam(id))])), mentioned],
    [
      'an entry without a resource',
      () => answering(searchset(1, [{ search: { mode: 'match' } }])),
      mentioned,
    ],
    [
      'a match of another type',
      () => answering(searchset(1, [match({ resourceType: 'Basic', id: 'x' })])),
      mentioned,
    ],
    [
      'a plan without a known patient',
      (id) => answering(searchset(1, [match({ ...careTeam(id), subject: {} })])),
      mentioned,
    ],
    ['a plan of another patient', () => answering(searchset(1, [match(careTeam(other))])), aboutAnother],
    [
      'plans of two patients',
      (id) => answering(searchset(2, [match(careTeam(id)), match({ ...careTeam(other), id: 'second' })])),
      aboutAnother,
    ],
    [
      'an error inside an empty answer',
      () => answering(searchset(0, [{ resource: operationOutcome('error'), search: { mode: 'outcome' } }])),
      /.+/,
    ],
    [
      'a warning inside an empty answer',
      () => answering(searchset(0, [{ resource: operationOutcome('warning'), search: { mode: 'outcome' } }])),
      /.+/,
    ],
  ],
  'an empty answer that names another patient, or may mean another thing (H3)': [
    [
      'a search for another patient',
      () => answering({ ...searchset(0), link: [{ relation: 'self', url: `?${searchFor}${other}` }] }),
      aboutAnother,
    ],
    ['another patient’s number in its id', () => answering({ ...searchset(0), id: other }), aboutAnother],
    [
      'members given twice, the empty ones last',
      (id) => {
        const found = JSON.stringify(searchset(1, [match(careTeam(id))]));
        return answering(`${found.slice(0, -1)},"total":0,"entry":[]}`);
      },
      mentioned,
    ],
    [
      'members given twice, none of them a record',
      () => answering(`${JSON.stringify(searchset(0)).slice(0, -1)},"total":0}`),
      /cannot be read safely/,
    ],
    [
      'rules of its own',
      () => answering({ ...searchset(0), implicitRules: 'https://synthetic.invalid/rules' }),
      /cannot be read safely/,
    ],
    [
      'a label of something left out',
      () => answering({ ...searchset(0), meta: { security: [{ code: 'REDACTED' }] } }),
      /cannot be read safely/,
    ],
    [
      'a record outside its entries',
      () => answering({ ...searchset(0), link: [{ relation: 'self', url: 'CareTeam/synthetic-plan' }] }),
      mentioned,
    ],
    [
      'a record outside its entries, percent-encoded',
      () =>
        answering({ ...searchset(0), link: [{ relation: 'self', url: '?of=CareTeam%2Fsynthetic-plan' }] }),
      mentioned,
    ],
    [
      'a plan with an extension that may turn it into its opposite',
      (id) => answering(searchset(1, [match({ ...careTeam(id), modifierExtension: [{ url: 'x' }] })])),
      mentioned,
    ],
  ],
};

/** One for each failure, so that no question is a repeat (H4). */
const patients = [
  'child-protection',
  'looked-after',
  'unborn',
  'several-plans',
  'ended',
  'ends-today',
  'long-history',
  'device-author',
  'missing-phones',
  'odd-phones',
  'not-started',
  'unknown-code',
];

for (const [group, members] of Object.entries(failures)) {
  test(`H2: ${group}: "${screens.couldNotCheck}"`, async ({ viewer, simulator }) => {
    // More checks that notify than a person makes in a minute need a yes each (H4).
    await answerQuestions(viewer.app, ['']);
    await viewer.signIn();
    for (const [index, [failure, answer, happened]] of members.entries()) {
      await test.step(failure, async () => {
        const patient = patients[index] ?? '';
        await simulator.fault('cpis.care-team', answer(simulator.patient(patient).nhsNumber));
        await viewer.ask(patient, 'unscheduled');
        await expectCouldNotCheck(viewer, happened);
        await simulator.clearFaults();
        await viewer.findAnother();
      });
    }
  });
}

test(`H2: a service that does not answer in time is "${screens.couldNotCheck}"`, async ({
  launch,
  simulator,
}) => {
  const viewer = await launch({ environment: { timeoutSeconds: 1 } });
  await viewer.signIn();
  await simulator.fault('cpis.care-team', { kind: 'hang' });
  await viewer.ask(asked, 'unscheduled');
  await expectCouldNotCheck(viewer, /did not answer in time/);
  await expect(
    viewer.page.getByText('The local authority may have been notified of this attendance.'),
  ).toBeVisible();
});

test(`H2: a body that stops coming is "${screens.couldNotCheck}"`, async ({ launch, simulator }) => {
  const viewer = await launch({ environment: { timeoutSeconds: 1 } });
  await viewer.signIn();
  await simulator.fault('cpis.care-team', { kind: 'slow-body', bytesPerSecond: 50 });
  await viewer.ask('no-record', 'unscheduled');
  await expectCouldNotCheck(viewer, /did not answer in time/);
});

test(`H2: a further page that cannot be read is "${screens.couldNotCheck}", not half a list`, async ({
  signedIn: viewer,
  simulator,
}) => {
  await simulator.settings({ pageSize: 2 });
  await simulator.fault('cpis.care-team', { kind: 'html' }, { after: 1 });
  await viewer.ask('several-plans', 'scheduled');
  await expectCouldNotCheck(viewer, mentioned);
});

test('H2: after a failure, the next question can find what is there', async ({
  signedIn: viewer,
  simulator,
}) => {
  const { page } = viewer;
  await simulator.fault('cpis.care-team', answering(searchset(1)), { times: 1 });
  await viewer.ask(asked, 'scheduled', 'couldNotCheck');
  await page.getByRole('button', { name: 'Check again' }).click();
  await expectScreen(page, 'found');
});

test('H2: a refusal is "Access denied", and says whom to phone', async ({ signedOut: viewer }) => {
  const { page } = viewer;
  await viewer.signIn('uncertain-denied');
  await viewer.find(asked);
  await expect(page.getByText(/Your role may not let you check CP-IS/).first()).toBeVisible();
  await viewer.check('scheduled', 'denied');
  const main = page.getByRole('main');
  await expect(main).toContainText('We do not know if there is a CP-IS record.');
  await expect(main).toContainText("phone the local authority's children's services");
  await expect(main).toContainText(/Support reference \S+/);
  await expect(page.locator('body')).not.toContainText(/no cp-is record/i);
});

test('H2: a record that CP-IS withholds from every user is "Access denied"', async ({ signedIn: viewer }) => {
  await viewer.ask('cpis-denied', 'unscheduled', 'denied');
  await expect(viewer.page.getByText(/the local authority was not notified/).first()).toBeVisible();
});
