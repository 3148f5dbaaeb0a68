/**
 * Remembers, for one session, about whom an unscheduled question was sent, so that another one is never sent without a
 * fresh yes (H4). Patients are kept as keyed digests: nothing here tells who they were (H10).
 */
import { createHmac, randomBytes } from 'node:crypto';
import type { NhsNumber } from '../../shared/clinical/nhs-number.ts';
import type { Notification } from '../../shared/outcome.ts';

export interface RecordedNotification {
  /** The answer is known by now; `not-told` lets the question be forgotten. */
  resolve(notification: Notification): void;
}

export interface NotificationHistory {
  /** When the latest question was sent about this patient that told the local authority, or may have. */
  earlier(nhsNumber: NhsNumber): Date | undefined;
  /** To be called before the question leaves: from then on it may have told. */
  record(nhsNumber: NhsNumber, sentAt: Date): RecordedNotification;
}

interface Question {
  readonly sentAt: Date;
}

export function createNotificationHistory(): NotificationHistory {
  const key = randomBytes(32);
  const questions = new Map<string, readonly Question[]>();
  const digest = (nhsNumber: NhsNumber) => createHmac('sha256', key).update(nhsNumber).digest('base64');

  return {
    earlier: (nhsNumber) => questions.get(digest(nhsNumber))?.at(-1)?.sentAt,
    record(nhsNumber, sentAt) {
      const name = digest(nhsNumber);
      const question: Question = { sentAt };
      questions.set(name, [...(questions.get(name) ?? []), question]);
      return {
        resolve(notification) {
          if (notification !== 'not-told') return;
          const others = (questions.get(name) ?? []).filter((other) => other !== question);
          questions.set(name, others);
        },
      };
    },
  };
}
