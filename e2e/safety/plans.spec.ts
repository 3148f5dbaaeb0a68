import type { Locator } from '@playwright/test';
import { formatDate, parseFhirDate } from '../../shared/clinical/clinical-date.ts';
import { expect, test, type Viewer } from '../fixtures.ts';

async function showPlans(viewer: Viewer, patient: string): Promise<Locator> {
  await viewer.ask(patient, 'scheduled', 'found');
  return viewer.page.getByRole('article');
}

/** The visible text of a card, one line an item. */
async function cardText(card: Locator): Promise<string> {
  return (await card.innerText()).replaceAll(/\s+/g, ' ');
}

function shownDate(fhirDate: string | null | undefined): string {
  const date = fhirDate == null ? undefined : parseFhirDate(fhirDate);
  return date === undefined ? 'No end date' : formatDate(date).short;
}

const kinds = {
  'child-protection': { title: 'Child protection plan (CPP)', status: 'Current' },
  'looked-after': { title: 'Looked after child (LAC)', status: 'Current' },
  unborn: { title: 'Unborn child of this patient: child protection plan (UCPP)', status: 'Current' },
  ended: { title: 'Child protection plan (CPP)', status: 'Ended' },
  'not-started': { title: 'Looked after child (LAC)', status: 'Not yet started' },
  'unknown-code': { title: 'Synthetic plan of a kind not known here', status: 'Current' },
} as const;

const hazards: Readonly<Record<keyof typeof kinds, string>> = {
  'child-protection': 'H6',
  'looked-after': 'H6',
  unborn: 'H8',
  ended: 'H6',
  'not-started': 'H6',
  'unknown-code': 'H11',
};

for (const [patient, { title, status }] of Object.entries(kinds)) {
  const hazard = hazards[patient as keyof typeof kinds];
  test(`${hazard}: the plan of "${patient}" is "${title}", ${status}, with its dates and authority`, async ({
    signedIn: viewer,
    simulator,
  }) => {
    const cards = await showPlans(viewer, patient);
    await expect(cards).toHaveCount(1);
    await expect(cards.getByRole('heading', { name: `${title} ${status}`, exact: true })).toBeVisible();
    await expect(cards.getByText(status, { exact: true })).toBeVisible();
    const [plan] = simulator.patient(patient).plans;
    const text = await cardText(cards);
    expect(text).toContain(plan?.localAuthority);
    expect(text).toContain(shownDate(plan?.start));
    expect(text).toContain(shownDate(plan?.end));
  });
}

test('H11: every plan of every authority has its card, current ones first', async ({ signedIn: viewer }) => {
  const cards = await showPlans(viewer, 'several-plans');
  await expect(cards).toHaveCount(4);
  const texts = await Promise.all((await cards.all()).map(cardText));
  const outline = texts.map((text) => /Current|Ended|Not yet started|Dates unclear/.exec(text)?.[0]);
  expect(outline).toEqual(['Current', 'Current', 'Not yet started', 'Ended']);
  expect(texts[0]).toContain('Child protection plan (CPP)');
  expect(texts[0]).toContain('Synthetic Borough Council');
  expect(texts[1]).toContain('Looked after child (LAC)');
  expect(texts[1]).toContain('Testshire County Council');
  expect(texts[2]).toContain('Fictionham City Council');
  expect(texts[3]).toContain('Fictionham City Council');
});

test('H11: every plan is there also when the service sends them on pages', async ({
  signedIn: viewer,
  simulator,
}) => {
  await simulator.settings({ pageSize: 1 });
  await expect(await showPlans(viewer, 'several-plans')).toHaveCount(4);
});

test('H7: both numbers are shown, each with its purpose', async ({ signedIn: viewer }) => {
  const text = await cardText(await showPlans(viewer, 'child-protection'));
  expect(text).toMatch(
    /Emergency duty team \(out of hours\)(?: Out of hours now)? 020 7946 0102 Copy.* Office hours 020 7946 0101 Copy/,
  );
});

test('H7: a missing number is said to be missing, under its own purpose', async ({ signedIn: viewer }) => {
  const text = await cardText(await showPlans(viewer, 'missing-phones'));
  expect(text).toMatch(
    /Emergency duty team \(out of hours\)(?: Out of hours now)? Not recorded Office hours Not recorded/,
  );
});

test('H7: a number that fits no pattern is shown as it came, and one for another purpose too', async ({
  signedIn: viewer,
}) => {
  const text = await cardText(await showPlans(viewer, 'odd-phones'));
  expect(text).toContain('Office hours 0163296020 ');
  expect(text).toContain('EDT: 01632 960202 ext 4 (after 17:00)');
  expect(text).toContain('960205');
  expect(text).toContain('01632 960206');
});
