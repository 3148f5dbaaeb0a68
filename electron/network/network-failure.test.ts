import { describe, expect, test } from 'vitest';
import type { FailedResponse } from './api-response.ts';
import { describeNetworkError } from './network-failure.ts';

type Row = readonly [name: string, fault: FailedResponse['fault'], delivered: FailedResponse['delivered']];

const rows: readonly Row[] = [
  ['ERR_NAME_NOT_RESOLVED', 'offline', 'no'],
  ['ERR_INTERNET_DISCONNECTED', 'offline', 'no'],
  ['ERR_CONNECTION_REFUSED', 'offline', 'no'],
  ['ERR_ADDRESS_UNREACHABLE', 'offline', 'no'],
  ['ERR_CONNECTION_TIMED_OUT', 'timed-out', 'no'],
  ['ERR_PROXY_CONNECTION_FAILED', 'proxy', 'no'],
  ['ERR_TUNNEL_CONNECTION_FAILED', 'proxy', 'no'],
  ['ERR_PROXY_AUTH_UNSUPPORTED', 'proxy', 'no'],
  ['ERR_UNEXPECTED_PROXY_AUTH', 'proxy', 'unknown'],
  ['ERR_PAC_SCRIPT_FAILED', 'proxy', 'no'],
  ['ERR_NO_SUPPORTED_PROXIES', 'proxy', 'no'],
  ['ERR_SOCKS_CONNECTION_FAILED', 'proxy', 'no'],
  ['ERR_CERT_AUTHORITY_INVALID', 'untrusted-certificate', 'no'],
  ['ERR_SSL_PINNED_KEY_NOT_IN_CERT_CHAIN', 'unexpected-issuer', 'no'],
  ['ERR_CERT_COMMON_NAME_INVALID', 'untrusted-certificate', 'no'],
  ['ERR_CERT_DATE_INVALID', 'untrusted-certificate', 'no'],
  ['ERR_SSL_VERSION_OR_CIPHER_MISMATCH', 'untrusted-certificate', 'no'],
  ['ERR_SSL_PROTOCOL_ERROR', 'untrusted-certificate', 'unknown'],
  ['ERR_SSL_BAD_RECORD_MAC_ALERT', 'untrusted-certificate', 'unknown'],
  ['ERR_TIMED_OUT', 'timed-out', 'unknown'],
  ['ERR_CONNECTION_RESET', 'offline', 'unknown'],
  ['ERR_EMPTY_RESPONSE', 'offline', 'unknown'],
  ['ERR_NETWORK_CHANGED', 'offline', 'unknown'],
  ['ERR_HTTP2_PROTOCOL_ERROR', 'offline', 'unknown'],
  ['ERR_CONTENT_LENGTH_MISMATCH', 'answer-not-understood', 'unknown'],
  ['ERR_INCOMPLETE_CHUNKED_ENCODING', 'answer-not-understood', 'unknown'],
  ['ERR_RESPONSE_HEADERS_TOO_BIG', 'answer-not-understood', 'unknown'],
  ['ERR_BLOCKED_BY_CLIENT', 'service-failing', 'no'],
  ['ERR_A_NAME_OF_NEXT_YEAR', 'offline', 'unknown'],
];

describe('H4: a network error says what the user can do, and whether the request may have taken effect', () => {
  test.each(rows)('%s: %s, reached: %s', (name, fault, delivered) => {
    const expected = { kind: 'failed', fault, delivered, detail: `net::${name}` };
    expect(describeNetworkError(new Error(`net::${name}`))).toEqual(expected);
    expect(describeNetworkError(new TypeError('fetch failed', { cause: new Error(`net::${name}`) }))).toEqual(
      expected,
    );
  });

  test.each([
    [
      'a redirect',
      new Error("Attempted to redirect, but redirect policy was 'error'"),
      'answer-not-understood',
    ],
    [
      'a redirect in Node',
      new TypeError('fetch failed', { cause: new Error('unexpected redirect') }),
      'answer-not-understood',
    ],
    ['an error without a name', new TypeError('fetch failed'), 'offline'],
    ['no error at all', 'nonsense', 'offline'],
  ])('%s counts as possibly arrived', (_case, error, fault) => {
    expect(describeNetworkError(error)).toMatchObject({ fault, delivered: 'unknown' });
  });

  test('nothing of the error but its name is kept', () => {
    const error = new Error('net::ERR_FAILED https://service.example/Patient/9990000018?token=secret');
    expect(JSON.stringify(describeNetworkError(error))).not.toMatch(/service|9990000018|secret/);
  });

  test('causes that go round in a circle end', () => {
    const error = new Error('a');
    error.cause = error;
    expect(describeNetworkError(error)).toMatchObject({ fault: 'offline' });
  });
});
