/**
 * Which connection a request goes over. Chromium sends a GET again by itself when a connection that was kept alive
 * breaks before an answer has come: harmless for a read, but CP-IS may have acted on the first one and would tell the
 * local authority twice (H4). A request that notifies therefore goes over a connection that nothing has used before:
 * on such a one Chromium gives up and says so.
 * Source: Chromium, `HttpNetworkTransaction::ShouldResendRequest`.
 */
import type { Fetch } from './network.ts';

export interface ApiConnections {
  /** Keeps its connections, as a browser does. */
  readonly keepAlive: Fetch;
  /** For requests that notify, and for nothing else. */
  readonly singleUse: Fetch;
  /** Of the single-use road, those that lie idle. */
  readonly closeConnections: () => Promise<void>;
}

export function createApiFetch({ keepAlive, singleUse, closeConnections }: ApiConnections): Fetch {
  return async (url, options) => {
    if (!notifies(options)) return keepAlive(url, options);
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

/** The header itself decides, so that no caller can forget to say so. */
function notifies({ headers }: RequestInit): boolean {
  const value = new Headers(headers).get('IsUnscheduledAccessEvent');
  return value !== null && value !== 'false';
}
