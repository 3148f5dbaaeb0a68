/** An HTTP response as a value, so that a fault can be applied to it before it is sent. */

export interface Answer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly body: string;
}

/** `body`: made into JSON. The answer may not be cached. */
export function jsonAnswer(
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store', ...headers },
    body: JSON.stringify(body),
  };
}

/** The service allows caching: its guides do not mention `no-store`, so the viewer must not rely on it (H10). */
export function fhirAnswer(
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  const own = { 'content-type': 'application/fhir+json', 'cache-control': 'max-age=3600' };
  return jsonAnswer(status, body, { ...own, ...headers });
}

/** 204. */
export function noContent(): Answer {
  return { status: 204, headers: { 'cache-control': 'no-store' }, body: '' };
}
