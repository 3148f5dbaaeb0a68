/**
 * Creates a short reference for the log and support staff, where the service gave none. `hint`: a word or two of the
 * viewer's own, never outside text. Uses the global `crypto`, so that the start need not load Node's module.
 */
export function newReference(hint?: string): string {
  const id = crypto.randomUUID().slice(0, 8);
  return hint === undefined || hint === '' ? id : `${id} ${hint}`;
}

/**
 * Returns the reference of a service if it is a UUID or a message id of the platform's gateway. The reference is shown,
 * logged and recorded, and a freer form could contain a name or a date of birth (H10).
 * Source: CP-IS API consumer guide, OperationOutcome; NHS API platform, `message_id`.
 */
export function readServiceReference(text: string): string | undefined {
  return uuid.test(text) || gatewayMessageId.test(text) ? text : undefined;
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** `rrt-6207203489723987-a-geu2-3234-13489-1` */
const gatewayMessageId = /^rrt-\d{13,20}-[a-z]-[a-z]{2,4}\d?-\d{1,6}-\d{1,8}-\d{1,4}$/;
