import { createHmac, randomBytes } from 'node:crypto';
import type { NhsNumber } from '../../shared/clinical/nhs-number.ts';
import type { Notification } from '../../shared/outcome.ts';
import type { TakenTime } from '../../shared/taken-time.ts';

export interface RecordedNotification {
  /** Called once the answer is known; `not-sent` removes the record. */
  resolve(notification: Notification): void;
}

export interface NotificationHistory {
  /** When the latest check about this patient was sent that notified the local authority, or may have. */
  earlier(nhsNumber: NhsNumber): TakenTime | undefined;
  /** To be called before the check is sent: after sending, it may have notified. */
  record(nhsNumber: NhsNumber, sentAt: TakenTime): RecordedNotification;
}

interface SentCheck {
  readonly sentAt: TakenTime;
}

/**
 * Records, for one session, the patients about whom an unscheduled check was sent, so that no second check is sent without
 * a fresh confirmation (H4). Patients are stored as keyed digests, which do not reveal their NHS numbers (H10).
 */
export function createNotificationHistory(): NotificationHistory {
  const key = randomBytes(32);
  const sentChecks = new Map<string, readonly SentCheck[]>();
  const digest = (nhsNumber: NhsNumber) => createHmac('sha256', key).update(nhsNumber).digest('base64');

  return {
    earlier: (nhsNumber) => sentChecks.get(digest(nhsNumber))?.at(-1)?.sentAt,
    record(nhsNumber, sentAt) {
      const name = digest(nhsNumber);
      const sentCheck: SentCheck = { sentAt };
      sentChecks.set(name, [...(sentChecks.get(name) ?? []), sentCheck]);
      return {
        resolve(notification) {
          if (notification !== 'not-sent') return;
          const others = (sentChecks.get(name) ?? []).filter((other) => other !== sentCheck);
          sentChecks.set(name, others);
        },
      };
    },
  };
}
