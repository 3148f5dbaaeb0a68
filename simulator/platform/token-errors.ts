/** Errors of the platform's token endpoint: an OAuth error with the reference that its support desk asks for. */
import { randomInt } from 'node:crypto';
import { type Answer, jsonAnswer } from '../answer.ts';

export interface TokenError {
  readonly error: string;
  readonly error_description: string;
  readonly message_id: string;
}

/** With a new message id. */
export function tokenErrorBody(error: string, description: string): TokenError {
  return { error, error_description: description, message_id: createMessageId() };
}

/** As JSON, with a new message id. */
export function tokenError(status: number, error: string, description: string): Answer {
  return jsonAnswer(status, tokenErrorBody(error, description));
}

/** What the platform refuses a level of assurance with. */
export function notConfigured(): Answer {
  return tokenError(
    401,
    'unauthorized_client',
    'you have tried to request authorization but your application is not configured to use this authorization grant type',
  );
}

/** `rrt-6207203489723987-a-geu2-3234-13489-1`: the gateway's message id. */
function createMessageId(): string {
  const digits = String(randomInt(10 ** 14)).padStart(19, '1');
  return `rrt-${digits}-a-sim1-${randomInt(1_000, 9_999)}-${randomInt(10_000, 99_999)}-1`;
}
