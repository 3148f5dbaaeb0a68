/** A request to one of the platform's APIs, read before it is validated. */
import type { IncomingHttpHeaders } from 'node:http';

export interface ApiRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** One value: where a header came several times, Node has joined them with commas. */
export function headerOf(
  { headers }: Pick<ApiRequest, 'headers'>,
  name: Lowercase<string>,
): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** As RFC 9562 writes one, of any version. */
export function isUuid(text: string | undefined): text is string {
  return text !== undefined && uuid.test(text);
}
