/** The states of a result, and the way there. */
import type { Outcome } from '../driver/viewer-page.ts';
import {
  answering,
  careTeam,
  match,
  operationOutcome,
  searchset,
  unreadablePlanDetails,
} from '../fhir-answers.ts';
import { expect, type Viewer } from '../fixtures.ts';
import { checkAgainDialogue, expectScreen } from '../screens.ts';
import type { ScreenState } from './states.ts';

async function showAnswer(viewer: Viewer, patient: string, outcome: Outcome): Promise<void> {
  await viewer.signIn();
  await viewer.ask(patient, 'unscheduled', outcome);
}

/** From "Sign in" to a record and its whole access history. */
export async function showResult(viewer: Viewer, patient: string): Promise<void> {
  await showAnswer(viewer, patient, 'found');
  await expect(viewer.page.getByText('Reading who has checked')).toHaveCount(0);
}

async function expireResult(viewer: Viewer): Promise<void> {
  await viewer.signIn();
  await viewer.page.clock.install();
  await viewer.ask('child-protection', 'unscheduled', 'history');
  await viewer.page.clock.fastForward(61_000);
  await expectScreen(viewer.page, 'outOfDate');
}

const hideSoon = { environment: { session: { coverResultMinutes: 1 } } };

export const resultStates: readonly ScreenState[] = [
  {
    name: 'Result, one plan',
    picture: {
      file: 'record-found',
      sentence: 'A record was found: what it is, whom to phone, and who has checked before.',
      mainJob: true,
    },
    reach: (viewer) => showResult(viewer, 'child-protection'),
  },
  {
    name: 'Result, several plans',
    picture: {
      file: 'several-plans',
      sentence: 'Several records: the current ones first, the ended one marked.',
    },
    reach: (viewer) => showResult(viewer, 'several-plans'),
  },
  {
    name: 'Result, a warning of CP-IS with the records',
    reach: async (viewer, simulator) => {
      const team = match(careTeam(simulator.patient('child-protection').nhsNumber));
      const warning = { resource: operationOutcome('warning') };
      await simulator.fault('cpis.care-team', answering(searchset(1, [team, warning])));
      await showResult(viewer, 'child-protection');
      await expect(viewer.page.getByText('There may be other records')).toBeVisible();
    },
  },
  {
    name: 'Result, an unborn child',
    picture: { file: 'unborn', sentence: "A plan for an unborn child is held on its mother's NHS number." },
    reach: (viewer) => showResult(viewer, 'unborn'),
  },
  { name: 'Result, odd phone numbers', reach: (viewer) => showResult(viewer, 'odd-phones') },
  {
    name: 'Result, details that cannot be read',
    reach: async (viewer, simulator) => {
      const { nhsNumber } = simulator.patient('child-protection');
      const team = match({ ...careTeam(nhsNumber), ...unreadablePlanDetails });
      await simulator.fault('cpis.care-team', answering(searchset(1, [team])));
      await showResult(viewer, 'child-protection');
    },
  },
  { name: 'Result, a long name', reach: (viewer) => showResult(viewer, 'baby') },
  { name: 'Result, restricted', reach: (viewer) => showResult(viewer, 'restricted') },
  { name: 'Result, 25 accesses', reach: (viewer) => showResult(viewer, 'long-history') },
  {
    name: 'Result, the history being read',
    reach: async (viewer, simulator) => {
      await viewer.signIn();
      await simulator.fault('cpis.audit-event', { kind: 'hold' });
      await viewer.ask('child-protection', 'scheduled');
      await expect(viewer.page.getByText('Reading who has checked')).toBeVisible();
    },
  },
  {
    name: 'Result, the history not readable',
    reach: async (viewer, simulator) => {
      await viewer.signIn();
      await simulator.fault('cpis.audit-event', { kind: 'html' });
      await viewer.ask('child-protection', 'scheduled');
      await expect(viewer.page.getByText('The history could not be read.')).toBeVisible();
    },
  },
  {
    name: 'Result, no record',
    picture: {
      file: 'no-record',
      sentence: 'No record was found, which is not the same as no concern.',
      mainJob: true,
    },
    reach: (viewer) => showAnswer(viewer, 'no-record', 'noRecord'),
  },
  {
    name: 'Result, no record of a young baby',
    picture: {
      file: 'no-record-baby',
      sentence: "No record of a young baby: the mother's number is to be checked as well.",
    },
    reach: (viewer) => showAnswer(viewer, 'baby-no-record', 'noRecord'),
  },
  {
    name: 'Result, denied',
    picture: { file: 'access-denied', sentence: 'Access denied: the service refused, and nothing is known.' },
    reach: (viewer) => showAnswer(viewer, 'cpis-denied', 'denied'),
  },
  {
    name: 'Result, could not check',
    picture: {
      file: 'could-not-check',
      sentence: 'CP-IS could not be checked: what happened, and what to do now.',
      mainJob: true,
    },
    reach: async (viewer, simulator) => {
      await simulator.fault('cpis.care-team', { kind: 'html' });
      await showAnswer(viewer, 'child-protection', 'couldNotCheck');
    },
  },
  {
    name: 'Check again?',
    picture: { file: 'check-again', sentence: 'A second check in unscheduled care needs a second yes.' },
    reach: async (viewer, simulator) => {
      await viewer.signIn();
      await simulator.fault('cpis.care-team', { kind: 'html' });
      await viewer.ask('child-protection', 'unscheduled');
      await viewer.page.getByRole('button', { name: 'Check again' }).click();
      const yes = checkAgainDialogue(viewer.page).getByRole('button', { name: 'Check again' });
      await expect(yes).toBeEnabled();
    },
  },
  {
    name: 'Result, out of date',
    picture: {
      file: 'out-of-date',
      sentence: 'After ten minutes the answer is hidden: it may have changed.',
    },
    launch: hideSoon,
    reach: expireResult,
  },
  {
    name: 'Result, an old one shown again',
    launch: hideSoon,
    reach: async (viewer) => {
      await expireResult(viewer);
      await viewer.page.getByRole('button', { name: 'Show this answer' }).click();
      await expectScreen(viewer.page, 'found');
    },
  },
];
