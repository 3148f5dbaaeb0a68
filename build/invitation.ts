/** What to try first, for a developer or a trainer who has started the viewer. */
import type { Simulator } from '../simulator/client.ts';

const usersToTry = {
  nurse: 'may ask in both care settings',
  'scheduled-only': 'may ask in scheduled care only',
  'no-role': 'has no role: the sign-in stops',
} as const;

const patientsToTry = {
  'child-protection': 'a child protection plan',
  'several-plans': 'several plans',
  unborn: "an unborn child's plan",
  'no-record': 'no record',
  'cpis-denied': 'access denied',
} as const;

/** Lines for the terminal. */
export function invitation(simulator: Simulator): readonly string[] {
  return [
    'Simulator of the national services: every user and patient is synthetic, and no local authority is notified.',
    'Press "Sign in with Care Identity" and choose a user:',
    ...Object.entries(usersToTry).map(([key, what]) => `  ${simulator.userName(key).padEnd(24)}${what}`),
    'Then find a patient by NHS number:',
    ...Object.entries(patientsToTry).map(
      ([key, what]) => `  ${simulator.patient(key).nhsNumber.padEnd(24)}${what}`,
    ),
    '`npm run simulator` lists all of them. docs/user-guide.md has an exercise in five minutes.',
    '',
  ];
}
