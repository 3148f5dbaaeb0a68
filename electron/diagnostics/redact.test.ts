import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { redact } from './redact.ts';

describe('the redactions take out', () => {
  test.each([
    ['an NHS number', 'patient 9990000018 not found', 'patient [number] not found'],
    ['one as shown', 'for 999 000 0018.', 'for [number].'],
    ['one with dashes', '999-000-0018', '[number]'],
    ['one encoded', '999%20000%200018', '[number]'],
    [
      'a query',
      'GET https://x.nhs.uk/Patient?family=Smith&birthdate=eq2015-08-14',
      'GET https://x.nhs.uk/Patient?[query]',
    ],
    ['a fragment', 'https://x.nhs.uk/cb#id_token=abc', 'https://x.nhs.uk/cb?[query]'],
    ['a token', 'got eyJhbGciOiJSUzUxMiJ9.eyJzdWIiOiIxIn0.c2ln twice', 'got [token] twice'],
    ['an encrypted value', 'eyJhbGciOiJFQ0RILUVTIn0..aXY.Y3Q.dGFn', '[token]'],
    ['a header', 'Authorization: Bearer abc.def', 'Authorization: [token]'],
    ['an address', 'mailto nora.nurse@nhs.net now', 'mailto [address] now'],
    ['a date', 'born 2015-08-14', 'born [date]'],
    ['a long secret', 'x'.repeat(64), '[secret]'],
  ])('%s', (_name, text, redacted) => expect(redact(text)).toBe(redacted));
});

describe('the redactions leave', () => {
  test.each([
    ['a channel and a reason', 'patient.trace: arguments refused'],
    ['a network error', 'net::ERR_CONNECTION_REFUSED'],
    ['an endpoint', 'https://int.api.service.nhs.uk:443/cpis/FHIR/R4'],
    ['a reference', '60e0b220-8136-4ca5-ae46-1d97ef59d068'],
    ['a reference of digits', '12345678-1234-4123-8123-123456789012'],
    ['a short reference', 'rrt-1a2b3c4d'],
    ['a key id', 'NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs'],
    ['a version', '0.1.0, Electron 33.2.1'],
    ['a file system code', 'audit trail: ENOSPC'],
  ])('%s', (_name, text) => expect(redact(text)).toBe(text));
});

const word = fc.stringMatching(/^[ -~]{0,20}$/);

test('no ten digits come through, whatever stands around them', () => {
  const separator = fc.constantFrom('', ' ', '-', '%20');
  fc.assert(
    fc.property(word, word, separator, (before, after, between) => {
      const number = ['999', '000', '0018'].join(between);
      const text = redact(`${before} ${number} ${after}`);
      expect(text).not.toContain(number);
    }),
  );
});

test('twice is as good as once', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(redact(redact(text))).toBe(redact(text));
    }),
    { examples: [['!@!@#']] },
  );
});
