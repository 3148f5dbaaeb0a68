/** Whether a check notified, as an entry says it. Entries keep the words of the version that wrote them: they are chained. */
import * as v from 'valibot';
import type { Notification } from '../../shared/outcome.ts';

/** The words of early builds of version 0.1.0, before `sent`, `not-sent` and `unknown`. */
const formerWords: ReadonlyMap<string, Notification> = new Map([
  ['told', 'sent'],
  ['not-told', 'not-sent'],
  ['may-have-been-told', 'unknown'],
]);

/** In the words of today; a word that is not known stays as it is. */
export const recordedNotification = v.pipe(
  v.string(),
  v.transform((word): string => formerWords.get(word) ?? word),
);
