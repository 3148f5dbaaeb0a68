/**
 * How long the actions of a whole check take a user, by the keystroke-level model: an estimate from published times for one
 * operator each, not a measurement. Without the system's own time and the provider's pages.
 * Source: Card, Moran and Newell, "The keystroke-level model for user performance time with interactive systems", 1980.
 */

const operatorSeconds = {
  /** A key or a button of the mouse, by a typist of 40 words a minute; 0.2 for a good one. */
  K: 0.28,
  /** Pointing at something: with the mouse, or with a scanner at a wristband. */
  P: 1.1,
  /** A hand from the keyboard to the mouse or the scanner, or back. */
  H: 0.4,
  /** Preparing in mind: to compare a patient, to take in an answer. */
  M: 1.35,
} as const;

/** "Check CP-IS", and its answer taken in. */
const check = 'PK M';
const confirmAndChoose = 'M H PK';

/** The actions on the screens (e2e/journeys), in operators. */
const scenarios: readonly { name: string; actions: string }[] = [
  // Opened by its icon; Enter on "Sign in", which has the focus; the wristband.
  { name: 'cold start with a wristband', actions: `PKK HK H PK ${confirmAndChoose} ${check}` },
  { name: 'launch with a fixed setting', actions: `PK M ${check}` },
  // "Next patient", whose field has the focus; ten digits and Enter.
  { name: 'second patient', actions: `PK H M ${'K'.repeat(11)} ${confirmAndChoose} ${check}` },
  // "Clinic list"; all copied in another program and pasted; "Check all"; each of the outcomes.
  { name: '20 children of a clinic', actions: `PK M KKKK PK KK PK ${'M'.repeat(20)}` },
];

/** A line for each scenario. */
export function describeEstimates(): string {
  return scenarios
    .map(
      ({ name, actions }) => `${name}: ${secondsOf(actions).toFixed(1)} s of the user's actions, estimated`,
    )
    .join('\n');
}

/** Exported for its test. Blanks count nothing; throws for a letter that is no operator. */
export function secondsOf(actions: string): number {
  return [...actions.replaceAll(' ', '')].reduce((sum, letter) => {
    if (!isOperator(letter)) throw new Error(`${letter} is no operator.`);
    return sum + operatorSeconds[letter];
  }, 0);
}

function isOperator(letter: string): letter is keyof typeof operatorSeconds {
  return letter in operatorSeconds;
}
