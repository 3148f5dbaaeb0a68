/** What to try first after `npm start`. */
import type { Simulator } from '../simulator/client.ts';

const usersToTry = {
  nurse: 'sees everything',
  'scheduled-only': 'may not notify',
  'no-role': 'is refused',
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
    'Everybody in it is synthetic. Press "Sign in with Care Identity" and choose a user:',
    ...Object.entries(usersToTry).map(([key, what]) => `  ${simulator.userName(key).padEnd(24)}${what}`),
    'then find a patient by NHS number:',
    ...Object.entries(patientsToTry).map(
      ([key, what]) => `  ${simulator.patient(key).nhsNumber.padEnd(24)}${what}`,
    ),
    '`npm run simulator` lists every user and patient.',
    '',
  ];
}
