import type { Fetch } from '../network.ts';

const names: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'ERR_CONNECTION_REFUSED',
  ECONNRESET: 'ERR_CONNECTION_RESET',
  ENOTFOUND: 'ERR_NAME_NOT_RESOLVED',
  EAI_AGAIN: 'ERR_NAME_NOT_RESOLVED',
  UND_ERR_SOCKET: 'ERR_CONTENT_LENGTH_MISMATCH',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'ERR_CERT_AUTHORITY_INVALID',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'ERR_CERT_AUTHORITY_INVALID',
  ERR_TLS_CERT_ALTNAME_INVALID: 'ERR_CERT_COMMON_NAME_INVALID',
};

/**
 * For tests in plain Node: Node's fetch, with errors named as in Chromium, so that the code makes the same faults of
 * them as in the application. The end-to-end tests show that Chromium uses these names.
 */
export const chromiumFetch: Fetch = async (url, options) => {
  let response: Response;
  try {
    response = await fetch(url, options);
  } catch (error) {
    throw named(error);
  }
  const { body, status, headers } = response;
  return new Response(body === null ? null : withNamedErrors(body), { status, headers });
};

/** A body can break off after the response has begun. */
function withNamedErrors(body: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await reader.read();
        if (done) controller.close();
        else controller.enqueue(value);
      } catch (error) {
        controller.error(named(error));
      }
    },
    cancel: (reason) => reader.cancel(reason),
  });
}

function named(error: unknown): unknown {
  const cause = error instanceof Error ? error.cause : undefined;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  // The fetch standard makes a 407 a network error, for which Node gives no message; Chromium has a name for it.
  const isProxy = cause instanceof Error && cause.message === '' && code === '';
  const name = isProxy ? 'ERR_UNEXPECTED_PROXY_AUTH' : names[code];
  return name === undefined ? error : new Error(`net::${name}`);
}
