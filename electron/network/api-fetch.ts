import type { Fetch } from './network.ts';

export interface ApiConnections {
  /** Keeps connections alive, as a browser does. */
  readonly keepAlive: Fetch;
  /** For requests that are not repeatable, and for no others. */
  readonly singleUse: Fetch;
  /** Closes the idle connections of `singleUse`. */
  readonly closeConnections: () => Promise<void>;
}

/**
 * Chooses the connection of a request. Chromium repeats a GET by itself when a kept-alive connection breaks before the
 * response: harmless for a read, but CP-IS may have carried out the first request and would notify the local authority
 * twice (H4). A request that is not repeatable therefore uses a new connection, on which Chromium reports the error instead.
 * Source: Chromium, `HttpNetworkTransaction::ShouldResendRequest`.
 */
export function createApiFetch({ keepAlive, singleUse, closeConnections }: ApiConnections): Fetch {
  return async (url, { repeatable = true, ...options }) => {
    if (repeatable) return keepAlive(url, options);
    await closeConnections();
    return singleUse(url, { ...options, headers: withConnectionClose(options) });
  };
}

/** A proxy that asks for a log-in closes its connection, so that the request does not go over a used connection. */
function withConnectionClose({ headers }: RequestInit): Headers {
  const closing = new Headers(headers);
  closing.set('Connection', 'close');
  return closing;
}
