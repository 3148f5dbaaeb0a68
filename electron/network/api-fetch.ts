/**
 * Which connection a request goes over. Chromium sends a GET again by itself when a connection that was kept alive
 * breaks before an answer has come: harmless for a read, but CP-IS may have acted on the first one and would tell the
 * local authority twice (H4). A request that is not repeatable therefore goes over a connection that nothing has used before:
 * on such a one Chromium gives up and says so.
 * Source: Chromium, `HttpNetworkTransaction::ShouldResendRequest`.
 */
import type { Fetch } from './network.ts';

export interface ApiConnections {
  /** Keeps its connections, as a browser does. */
  readonly keepAlive: Fetch;
  /** For requests that are not repeatable, and for nothing else. */
  readonly singleUse: Fetch;
  /** Of `singleUse`, those that lie idle. */
  readonly closeConnections: () => Promise<void>;
}

export function createApiFetch({ keepAlive, singleUse, closeConnections }: ApiConnections): Fetch {
  return async (url, { repeatable = true, ...options }) => {
    if (repeatable) return keepAlive(url, options);
    await closeConnections();
    return singleUse(url, { ...options, headers: notToBeKept(options) });
  };
}

/** A proxy's question for a log-in must not leave a used connection behind, over which the request would then go. */
function notToBeKept({ headers }: RequestInit): Headers {
  const closing = new Headers(headers);
  closing.set('Connection', 'close');
  return closing;
}
