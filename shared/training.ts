/** What a trainer can make go wrong in the training edition, and what the simulated local authorities were notified of. */
export const trainingFaults = {
  'cpis-failing': 'CP-IS fails',
  'cpis-damaged': 'CP-IS sends a damaged answer',
  'cpis-silent': 'CP-IS does not answer',
  'notified-and-lost': 'CP-IS notifies the local authority, and its answer is lost',
  'history-failing': 'The list of previous checks cannot be read',
  'pds-failing': 'The patient search fails',
  'proxy-page': 'A proxy sends a web page in the place of CP-IS',
  'sign-in-failing': 'Care Identity fails',
} as const;

export type TrainingFault = keyof typeof trainingFaults;

export const trainingFaultNames = Object.keys(trainingFaults) as readonly TrainingFault[];

export interface TrainingView {
  /** In the order of `trainingFaults`. */
  readonly active: readonly TrainingFault[];
  /** The newest first. */
  readonly notifications: readonly {
    /** UTC, ISO 8601. */
    readonly at: string;
    /** Synthetic. */
    readonly nhsNumber: string;
    readonly user: string;
    readonly localAuthorities: readonly string[];
  }[];
}
