/**
 * A short id of our own, for the log and the help desk, where the service gave none. `clue` is a word or two, never
 * anything that came from outside. From the global `crypto`: Node's module need not be loaded for it before the window.
 */
export function newReference(hint?: string): string {
  const id = crypto.randomUUID().slice(0, 8);
  return hint === undefined || hint === '' ? id : `${id} ${hint}`;
}

/**
 * A reference that a service gave, if it has the form of one: a UUID, or the message id of the platform's gateway. It is
 * shown, logged and recorded, and any freer form has room for a name or a date of birth (H10).
 * Source: CP-IS API consumer guide, OperationOutcome; NHS API platform, `message_id`.
 */
export function readServiceReference(text: string): string | undefined {
  return uuid.test(text) || gatewayMessageId.test(text) ? text : undefined;
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** `rrt-6207203489723987-a-geu2-3234-13489-1` */
const gatewayMessageId = /^rrt-\d{13,20}-[a-z]-[a-z]{2,4}\d?-\d{1,6}-\d{1,8}-\d{1,4}$/;
