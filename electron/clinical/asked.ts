/** When and how CP-IS was asked, in the words of the result screen (H5, H12). */
import { formatUkTime } from '../../shared/clinical/clinical-date.ts';
import type { Asked, CareSetting, Notification } from '../../shared/outcome.ts';

export function describeAsked(
  checkId: string,
  at: Date,
  careSetting: CareSetting,
  notification: Notification,
  /** Whether an answer was retrieved, or the question was only asked. */
  isAnswered: boolean,
): Asked {
  const verb = isAnswered ? 'Retrieved' : 'Asked';
  return {
    checkId,
    retrievedAt: at.toISOString(),
    sentence: `${verb} ${formatUkTime(at)}, ${describeEffect(careSetting, notification)}`,
    careSetting,
    notification,
  };
}

/** "unscheduled care: the local authority has been told" */
function describeEffect(careSetting: CareSetting, notification: Notification): string {
  switch (careSetting) {
    case 'scheduled':
      return 'scheduled care: nobody has been told';
    case 'unscheduled':
      return `unscheduled care: ${unscheduledEffect(notification)}`;
  }
}

function unscheduledEffect(notification: Notification): string {
  switch (notification) {
    case 'told':
      return 'the local authority has been told';
    case 'not-told':
      return 'the local authority has not been told';
    case 'may-have-been-told':
      return 'the local authority may have been told';
  }
}
