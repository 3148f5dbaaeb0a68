/**
 * Remembers, for one session, about whom an unscheduled question was sent, so that another one is never sent without a
 * fresh yes (H4). Patients are kept as keyed digests: nothing here tells who they were (H10).
 */
import { createHmac, randomBytes } from 'node:crypto';
import type { NhsNumber } from '../../shared/clinical/nhs-number.ts';
import type { Notification } from '../../shared/outcome.ts';

export interface SentQuestion {
  /** The answer is known by now; `not-told` lets the question be forgotten. */
  settle(notification: Notification): void;
}

export interface EarlierQuestion {
  readonly sentAt: Date;
  readonly notification: Exclude<Notification, 'not-told'>;
}

export interface RepeatMemory {
  /** The latest question about this patient that told the local authority, or may have. */
  earlier(nhsNumber: NhsNumber): EarlierQuestion | undefined;
  /** To be called before the question leaves: from then on it may have told. */
  remember(nhsNumber: NhsNumber, sentAt: Date): SentQuestion;
}

export function createRepeatMemory(): RepeatMemory {
  const key = randomBytes(32);
  const questions = new Map<string, readonly EarlierQuestion[]>();
  const digest = (nhsNumber: NhsNumber) => createHmac('sha256', key).update(nhsNumber).digest('base64');

  return {
    earlier: (nhsNumber) => questions.get(digest(nhsNumber))?.at(-1),
    remember(nhsNumber, sentAt) {
      const name = digest(nhsNumber);
      const sent: EarlierQuestion = { sentAt, notification: 'may-have-been-told' };
      questions.set(name, [...(questions.get(name) ?? []), sent]);
      return {
        settle(notification) {
          const settled = (questions.get(name) ?? []).flatMap((question) => {
            if (question !== sent) return [question];
            return notification === 'not-told' ? [] : [{ sentAt, notification }];
          });
          questions.set(name, settled);
        },
      };
    },
  };
}
