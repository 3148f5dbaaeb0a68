/** The states of a clinic list, and the way there. */
import { checkAll, checkSix, lineOf, openClinicList, withClinicLists } from '../clinic-list.ts';
import { expect } from '../fixtures.ts';
import type { ScreenState } from './states.ts';

export const clinicListStates: readonly ScreenState[] = [
  {
    name: 'Find a patient, where clinic lists are offered',
    launch: withClinicLists,
    reach: (viewer) => viewer.signIn(),
  },
  {
    name: 'Clinic list, lines with problems',
    picture: {
      file: 'clinic-list-lines',
      sentence: 'The lines of a clinic list: what is wrong with one is named before anything is checked.',
    },
    launch: withClinicLists,
    reach: async (viewer, simulator) => {
      await viewer.signIn();
      await openClinicList(viewer);
      const lines = ['child-protection', 'no-record'].map((key) => lineOf(simulator.patient(key)));
      await viewer.page
        .getByLabel('NHS numbers and dates of birth')
        .fill([...lines, '9990000019 14/08/2015'].join('\n'));
      await expect(viewer.page.getByText(/^Line 3: /)).toBeVisible();
    },
  },
  {
    name: 'Clinic list, refused',
    launch: withClinicLists,
    reach: async (viewer) => {
      await viewer.signIn();
      await openClinicList(viewer);
      await viewer.page.getByRole('button', { name: 'Check all' }).click();
      await expect(viewer.page.getByRole('alert')).toBeVisible();
    },
  },
  {
    name: 'Clinic list, paused',
    launch: withClinicLists,
    reach: async (viewer, simulator) => {
      await viewer.signIn();
      await simulator.fault('pds.read', { kind: 'hold' }, { after: 1 });
      await checkAll(
        viewer,
        ['child-protection', 'no-record', 'unborn'].map((key) => lineOf(simulator.patient(key))),
      );
      await expect.poll(() => simulator.held()).toBe(1);
      await viewer.page.getByRole('button', { name: 'Pause' }).click();
      await expect(viewer.page.getByText('1 of 3 done. Paused.').first()).toBeVisible();
    },
  },
  {
    name: 'Clinic list, finished',
    picture: {
      file: 'clinic-list',
      sentence: 'A clinic list in scheduled care: what could not be checked stands out and is counted.',
    },
    launch: withClinicLists,
    reach: async (viewer, simulator) => {
      await viewer.signIn();
      await checkSix(viewer, simulator);
    },
  },
];
