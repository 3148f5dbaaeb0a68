/**
 * Maps the network errors of Chromium (`net::ERR_…`) to a fault, by what the user can do, and to `delivered`, by whether
 * the service may have carried out the request.
 * Source: Chromium, `net/base/net_error_list.h`.
 */
import type { FailedResponse } from './api-response.ts';

/** Thrown inside the network layer and by the fetch function for openid-client; never across IPC. */
export class NetworkFailure extends Error {
  readonly answer: FailedResponse;
  constructor(answer: FailedResponse) {
    super(answer.detail);
    this.name = 'NetworkFailure';
    this.answer = answer;
  }
}

const rules: readonly (readonly [RegExp, FailedResponse['fault'], FailedResponse['delivered']])[] = [
  /** A 407 from the far end of a connection or tunnel: the far end has received the request (H4). */
  [/^ERR_UNEXPECTED_PROXY_AUTH$/, 'proxy', 'unknown'],
  [/^ERR_(PROXY|TUNNEL|MANDATORY_PROXY|NO_SUPPORTED_PROXIES|PAC|SOCKS)/, 'proxy', 'no'],
  /** The certificate has an issuer that the site does not expect: no request was sent. */
  [/^ERR_SSL_PINNED_KEY_NOT_IN_CERT_CHAIN$/, 'unexpected-issuer', 'no'],
  [/^ERR_(CERT|BAD_SSL|ECH|SSL_VERSION_OR_CIPHER_MISMATCH|SSL_OBSOLETE)/, 'untrusted-certificate', 'no'],
  /** A TLS record can also be wrong after the request was sent. */
  [/^ERR_SSL/, 'untrusted-certificate', 'unknown'],
  [/^ERR_(CONNECTION_TIMED_OUT)$/, 'timed-out', 'no'],
  [/^ERR_(TIMED_OUT)$/, 'timed-out', 'unknown'],
  [
    /^ERR_(CONNECTION_REFUSED|CONNECTION_FAILED|NAME_NOT_RESOLVED|NAME_RESOLUTION_FAILED|INTERNET_DISCONNECTED|ADDRESS_UNREACHABLE|ADDRESS_INVALID|NETWORK_ACCESS_DENIED|DNS_.*)$/,
    'offline',
    'no',
  ],
  [
    /^ERR_(CONNECTION_RESET|CONNECTION_CLOSED|CONNECTION_ABORTED|NETWORK_CHANGED|NETWORK_IO_SUSPENDED|EMPTY_RESPONSE|SOCKET_NOT_CONNECTED|QUIC_.*|HTTP2_.*)$/,
    'offline',
    'unknown',
  ],
  [
    /^ERR_(CONTENT_LENGTH_MISMATCH|INCOMPLETE_.*|INVALID_.*|RESPONSE_.*|CONTENT_DECODING_.*|TOO_MANY_REDIRECTS|UNEXPECTED)$/,
    'answer-not-understood',
    'unknown',
  ],
  /** The allow-list of the API session refused the URL. */
  [/^ERR_BLOCKED_BY_CLIENT$/, 'service-failing', 'no'],
];

/** Reads the rejection of a fetch. An unknown error counts as possibly delivered. */
export function describeNetworkError(error: unknown): FailedResponse {
  const message = messagesOf(error).join('\n');
  const name = /net::(ERR_[A-Z0-9_]+)/.exec(message)?.[1];
  if (name !== undefined) {
    const [, fault, delivered] = rules.find(([pattern]) => pattern.test(name)) ?? [
      name,
      'offline',
      'unknown',
    ];
    return { kind: 'failed', fault, delivered: delivered, detail: `net::${name}` };
  }
  // The rejection of `redirect: 'error'`: none of the services redirects.
  if (/redirect/i.test(message)) {
    return {
      kind: 'failed',
      fault: 'answer-not-understood',
      delivered: 'unknown',
      detail: 'redirect refused',
    };
  }
  return { kind: 'failed', fault: 'offline', delivered: 'unknown', detail: 'request failed' };
}

/** The messages of the error and of its causes: Node's fetch itself says no more than "fetch failed". */
function messagesOf(error: unknown): readonly string[] {
  const messages: string[] = [];
  for (let each = error; each instanceof Error && messages.length < 5; each = each.cause) {
    messages.push(each.message);
  }
  return messages;
}
