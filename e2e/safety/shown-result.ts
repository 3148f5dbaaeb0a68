/** A result on the screen, and how to see that nothing of it is left. */
import type { Simulator } from '../../simulator/client.ts';
import { expect, type Viewer } from '../fixtures.ts';

/** Not the one whose number is the example beside the field. */
export const patient = 'looked-after';

/** Waits for the access history as well. */
export async function showResult(viewer: Viewer): Promise<void> {
  await viewer.signIn();
  await viewer.ask(patient, 'unscheduled', 'history');
}

/** Nothing of the patient is anywhere in the page, seen or unseen. */
export async function expectNothingClinical({ page }: Viewer, simulator: Simulator): Promise<void> {
  const { nhsNumber, given, family } = simulator.patient(patient);
  const html = (await page.content()).replaceAll(/\s/g, '');
  for (const text of [nhsNumber, given[0] ?? '', family, 'Lookedafterchild', 'Testshire', 'Invented']) {
    expect(html).not.toContain(text);
  }
}
