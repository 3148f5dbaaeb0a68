/** H2: whatever is wrong with an answer, it never looks like "no record". */
import type { Page } from '@playwright/test';
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
  await expectWayOut(page);
  await expect(page.getByRole('button', { name: 'Check again' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Copy support reference' })).toBeVisible();
  await expect(page.getByRole('article')).toHaveCount(0);
}

/** Whom to phone, and nothing that looks like "no record". */
async function expectWayOut(page: Page): Promise<void> {
  const main = page.getByRole('main');
  await expect(main).toContainText("phone the local authority's children's services");
  await expect(main).toContainText(/Support reference \S+/);
  await expect(page.locator('body')).not.toContainText(/no cp-is record/i);
}

const asked = 'child-protection';
const other = '9990000077';
const unreadable = /cannot be read safely/;

type Fault = Parameters<Simulator['fault']>[1];
type Failure = readonly [name: string, answer: (nhsNumber: string) => Fault, happened: RegExp];

const fault = (name: string, answer: Fault, happened: RegExp): Failure => [name, () => answer, happened];
const body = (
  name: string,
  answer: (nhsNumber: string) => Parameters<typeof answering>[0],
  happened: RegExp,
): Failure => [name, (id) => answering(answer(id)), happened];

const empty = searchset(0);
const plan = (id: string, change = {}) => match({ ...careTeam(id), ...change });
const withLink = (url: string) => ({ ...empty, link: [{ relation: 'self', url }] });
const withOutcome = (severity: 'error' | 'warning') =>
  searchset(0, [{ resource: operationOutcome(severity), search: { mode: 'outcome' } }]);
const cutShort = (answer: object, by: number) => JSON.stringify(answer).slice(0, -by);

const failures: Readonly<Record<string, readonly Failure[]>> = {
  'whatever happens on the way': [
    fault('a connection that breaks', { kind: 'reset' }, /could not reach the service/),
    fault('an answer that breaks off', { kind: 'truncate' }, /cannot be read safely|could not reach/),
    fault('a proxy’s page', { kind: 'html' }, /answered in its place/),
    fault('a redirect', { kind: 'redirect', location: '/elsewhere' }, unreadable),
    fault('HTTP 500', { kind: 'status', status: 500 }, /not working properly/),
    fault('HTTP 504', { kind: 'status', status: 504 }, /not working properly|did not answer in time/),
    fault('HTTP 429', { kind: 'status', status: 429 }, /too busy/),
    fault('HTTP 404', { kind: 'status', status: 404 }, /.+/),
    fault('HTTP 204', { kind: 'status', status: 204 }, unreadable),
  ],
  'a body that is damaged': [
    body('an empty body', () => '', unreadable),
    body('half a body', (id) => cutShort(searchset(1, [plan(id)]), 9), mentioned),
    body('JSON of another kind', () => ({ total: 0 }), unreadable),
    body('a bundle of another type', () => ({ ...empty, type: 'collection' }), unreadable),
    body('a searchset without a total', () => ({ resourceType: 'Bundle', type: 'searchset' }), unreadable),
  ],
  'an answer that contradicts itself, or is about another patient': [
    body('a total without its entries', () => searchset(1), mentioned),
    body('a total larger than the matches', (id) => searchset(2, [plan(id)]), mentioned),
    body('an entry without a resource', () => searchset(1, [{ search: { mode: 'match' } }]), mentioned),
    body(
      'a match of another type',
      () => searchset(1, [match({ resourceType: 'Basic', id: 'x' })]),
      mentioned,
    ),
    body('a plan without a known patient', (id) => searchset(1, [plan(id, { subject: {} })]), mentioned),
    body('a plan of another patient', () => searchset(1, [plan(other)]), aboutAnother),
    body(
      'plans of two patients',
      (id) => searchset(2, [plan(id), plan(other, { id: 'second' })]),
      aboutAnother,
    ),
    body('an error inside an empty answer', () => withOutcome('error'), /.+/),
    body('a warning inside an empty answer', () => withOutcome('warning'), /.+/),
  ],
  'an empty answer that names another patient, or may mean another thing (H3)': [
    body(
      'a search for another patient',
      () => withLink(`?patient:identifier=https://fhir.nhs.uk/Id/nhs-number|${other}`),
      aboutAnother,
    ),
    body('another patient’s number in its id', () => ({ ...empty, id: other }), aboutAnother),
    body(
      'members given twice, the empty ones last',
      (id) => `${cutShort(searchset(1, [plan(id)]), 1)},"total":0,"entry":[]}`,
      mentioned,
    ),
    body('members given twice, none of them a record', () => `${cutShort(empty, 1)},"total":0}`, unreadable),
    body(
      'rules of its own',
      () => ({ ...empty, implicitRules: 'https://synthetic.invalid/rules' }),
      unreadable,
    ),
    body(
      'a label of something left out',
      () => ({ ...empty, meta: { security: [{ code: 'REDACTED' }] } }),
      unreadable,
    ),
    body('a record outside its entries', () => withLink('CareTeam/synthetic-plan'), mentioned),
    body(
      'a record outside its entries, percent-encoded',
      () => withLink('?of=CareTeam%2Fsynthetic-plan'),
      mentioned,
    ),
    body(
      'a plan with an extension that may turn it into its opposite',
      (id) => searchset(1, [plan(id, { modifierExtension: [{ url: 'x' }] })]),
      mentioned,
    ),
  ],
};

/** One for each failure, so that no question is a repeat (H4). */
const patients = [
  ...['child-protection', 'looked-after', 'unborn', 'several-plans', 'ended', 'ends-today', 'long-history'],
  ...['device-author', 'missing-phones', 'odd-phones', 'not-started', 'unknown-code'],
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
  await simulator.fault('cpis.care-team', answering(searchset(1)), { times: 1 });
  await viewer.ask(asked, 'scheduled', 'couldNotCheck');
  await viewer.page.getByRole('button', { name: 'Check again' }).click();
  await expectScreen(viewer.page, 'found');
});

test('H2: a refusal is "Access denied", and says whom to phone', async ({ signedOut: viewer }) => {
  const { page } = viewer;
  await viewer.signIn('uncertain-denied');
  await viewer.find(asked);
  await expect(page.getByText(/Your role may not let you check CP-IS/).first()).toBeVisible();
  await viewer.check('scheduled', 'denied');
  await expect(page.getByRole('main')).toContainText('We do not know if there is a CP-IS record.');
  await expectWayOut(page);
});

test('H2: a record that CP-IS withholds from every user is "Access denied"', async ({ signedIn: viewer }) => {
  await viewer.ask('cpis-denied', 'unscheduled', 'denied');
  await expect(viewer.page.getByText(/the local authority was not notified/).first()).toBeVisible();
});
