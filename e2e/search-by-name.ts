import type { Viewer } from './fixtures.ts';

export interface SearchedDetails {
  readonly family: string;
  readonly given?: string;
  /** `YYYY-MM-DD` */
  readonly birthDate: string | null;
  /** The end of a range that begins with `birthDate`. */
  readonly latest?: string;
}

const unknownDate = 'I do not know the exact date';

/** Fills in the search by name and date of birth as a user does, and sends it. */
export async function searchByName({ page }: Viewer, details: SearchedDetails): Promise<void> {
  const { family, given, birthDate, latest } = details;
  const toggle = page.getByRole('button', { name: 'Search by name and date of birth' });
  if ((await toggle.getAttribute('aria-expanded')) === 'false') await toggle.click();
  await page.getByLabel('Family name').fill(family);
  await page.getByLabel('Given name').fill(given ?? '');
  await page.getByRole('checkbox', { name: unknownDate }).setChecked(latest !== undefined);
  await fillDate(latest === undefined ? 'Date of birth' : 'Earliest date of birth', birthDate ?? '');
  if (latest !== undefined) await fillDate('Latest date of birth', latest);
  await page.getByRole('button', { name: 'Search', exact: true }).click();

  async function fillDate(legend: string, date: string): Promise<void> {
    const field = page.getByRole('group', { name: legend, exact: true });
    const [year = '', month = '', day = ''] = date.split('-');
    await field.getByLabel('Day').fill(day);
    await field.getByLabel('Month').fill(month);
    await field.getByLabel('Year').fill(year);
  }
}

/** The region that holds the answer to the last search. */
export function searchResult({ page }: Viewer) {
  return page.getByRole('region', { name: /^No patient found|match|^Found, but/ });
}
