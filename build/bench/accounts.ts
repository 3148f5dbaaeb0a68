/** Whether everything that was asked arrived, once, and told whom it had to tell. */
import type { Finding } from './finding.ts';
import type { LoggedRequest, SimulatorControl } from './simulator-control.ts';
import type { Day } from './working-day.ts';

export async function accountFor(day: Day, simulator: SimulatorControl): Promise<readonly Finding[]> {
  const requests = await simulator.requests();
  const questions = requests.filter(({ path }) => path.endsWith('/CareTeam'));
  const unscheduled = questions.filter(({ headers }) => headers['isunscheduledaccessevent'] !== 'false');
  const answered = questions.filter(({ status }) => status === 200);
  const renewals = requests.filter(({ path }) => /\/oauth2\/token$/.test(path)).length;
  const told = await simulator.notifications();
  const notAnswered = Object.entries(day.answers)
    .filter(([heading]) => heading.startsWith('Could not') || heading.startsWith('Access'))
    .reduce((sum, [, count]) => sum + count, 0);
  return [
    {
      holds: answered.length === day.lookups,
      sentence: `${day.lookups} lookups, ${answered.length} of them answered by the service`,
    },
    {
      holds: questions.length - answered.length <= day.faultsLaid,
      sentence: `${questions.length} questions arrived, with ${day.faultsLaid} faults laid in their way`,
    },
    { holds: notAnswered === 0, sentence: `${notAnswered} lookups ended without an answer on the screen` },
    {
      holds: unscheduled.length === day.unscheduled && told === day.unscheduled,
      sentence: `${day.unscheduled} unscheduled checks, ${unscheduled.length} sent, ${told} notifications`,
    },
    { holds: renewals > 1, sentence: `${renewals} tokens issued` },
    {
      // A silent read may come twice: Chromium sends it again by itself when a connection breaks.
      holds: onlyOnce(unscheduled),
      sentence: 'no unscheduled question arrived twice',
    },
  ];
}

function onlyOnce(questions: readonly LoggedRequest[]): boolean {
  const ids = questions.map(({ headers }) => headers['x-request-id']);
  return !ids.includes(undefined) && new Set(ids).size === ids.length;
}
