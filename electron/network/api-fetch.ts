/**
 * Which connection a request goes over. Chromium sends a GET again by itself when a connection that was kept alive
 * breaks before an answer has come: harmless for a read, but CP-IS may have acted on the first one and would tell the
 * local authority twice (H4). A request that notifies therefore goes over a connection that nothing has used before:
 * on such a one Chromium gives up and says so.
 * Source: Chromium, `HttpNetworkTransaction::ShouldResendRequest`.
 */
import type { Session } from 'electron';
import type { Fetch } from './network.ts';

type Sender = Pick<Session, 'fetch' | 'closeAllConnections'>;

export interface ApiSessions {
  /** Keeps its connections, as a browser does. */
  readonly keepAlive: Sender;
  /** For requests that notify, and for nothing else. */
  readonly singleUse: Sender;
}

export function createApiFetch({ keepAlive, singleUse }: ApiSessions): Fetch {
  return async (url, options) => {
    const send = (session: Sender) => session.fetch(url, { ...options, bypassCustomProtocolHandlers: true });
    if (!notifies(options)) return send(keepAlive);
    await singleUse.closeAllConnections();
    return send(singleUse);
  };
}

/** The header itself decides, so that no caller can forget to say so. */
function notifies({ headers }: RequestInit): boolean {
  const value = new Headers(headers).get('IsUnscheduledAccessEvent');
  return value !== null && value !== 'false';
}
