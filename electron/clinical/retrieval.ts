import { formatUkTime } from '../../shared/clinical/clinical-date.ts';
import type { CareSetting, CheckOutcome, Notification, Retrieval } from '../../shared/outcome.ts';
import { clockWords, retrievedTime } from '../../shared/taken-time.ts';
import type { CheckAnswer } from './cpis/cpis-client.ts';

/** When CP-IS answered, and whether this computer's clock may be wrong (H20). */
export interface AnsweredAt {
  readonly at: Date;
  readonly clockInDoubt: boolean;
}

/**
 * Describes when a check was made and whether it notified, in the words of the result screen (H5, H12). The notification
 * reports an attendance, and is no referral.
 */
export function describeOutcome(
  checkId: string,
  at: AnsweredAt,
  careSetting: CareSetting,
  answer: CheckAnswer,
  keepsHistory: boolean,
): Extract<CheckOutcome, { readonly retrieval: unknown }> {
  const retrieval = describeRetrieval(checkId, at, careSetting, answer);
  switch (answer.kind) {
    case 'found':
      return {
        kind: 'found',
        retrieval,
        plans: answer.plans,
        warned: answer.warned,
        history: keepsHistory ? 'ask' : 'not-offered',
      };
    case 'no-record':
      return { kind: 'no-record', retrieval };
    case 'denied':
      return { kind: 'denied', retrieval, fault: answer.fault };
    case 'could-not-check':
      return { kind: 'could-not-check', retrieval, fault: answer.fault };
  }
}

function describeRetrieval(
  checkId: string,
  { at, clockInDoubt }: AnsweredAt,
  careSetting: CareSetting,
  { kind, notification }: Pick<CheckAnswer, 'kind' | 'notification'>,
): Retrieval {
  const verb = kind === 'found' || kind === 'no-record' ? 'Retrieved' : 'Tried';
  const effect =
    kind === 'no-record' ? describeNoRecord(careSetting) : describeEffect(careSetting, notification);
  const retrievedAt = at.toISOString();
  const clock = clockWords(retrievedTime({ retrievedAt, clockInDoubt }));
  return {
    checkId,
    retrievedAt,
    clockInDoubt,
    sentence: `${verb} ${formatUkTime(at)}${clock}. ${effect}`,
    careSetting,
    notification,
  };
}

/** H1, H5: without a record there is no responsible authority, and the guide does not say who would be notified. */
function describeNoRecord(careSetting: CareSetting): string {
  switch (careSetting) {
    case 'scheduled':
      return describeEffect('scheduled', 'not-sent');
    case 'unscheduled':
      return 'Unscheduled care: do not assume that a local authority is notified.';
  }
}

/** "Scheduled care: nobody is notified." */
function describeEffect(careSetting: CareSetting, notification: Notification): string {
  switch (careSetting) {
    case 'scheduled':
      return 'Scheduled care: nobody is notified.';
    case 'unscheduled':
      return `Unscheduled care: ${unscheduledEffect(notification)}`;
  }
}

function unscheduledEffect(notification: Notification): string {
  switch (notification) {
    case 'sent':
      return 'the local authority is notified of this attendance. This is not a referral.';
    case 'not-sent':
      return 'the local authority was not notified.';
    case 'unknown':
      return 'the local authority may have been notified of this attendance.';
  }
}
