import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { faultKinds } from '../../../shared/fault.ts';
import type { FailedResponse } from '../../network/api-response.ts';
import { operationOutcome } from '../testing/synthetic.ts';
import { readServiceAnswer } from './service-answer.ts';

const requestId = 'our-own-id';

function read(status: number, body: unknown, contentType = 'application/fhir+json') {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return readServiceAnswer({
    answer: {
      kind: 'answered',
      status,
      contentType,
      body: new TextEncoder().encode(text),
      retryAfter: undefined,
    },
    requestId,
  });
}

function failureOf(...parameters: Parameters<typeof read>) {
  const answer = read(...parameters);
  if (answer.kind !== 'failure') throw new Error('not a failure');
  const { reason, fault, notification } = answer.failure;
  return [reason, fault.kind, notification];
}

describe('the detail code decides first, the status second', () => {
  test.each([
    [403, 'ACCESS_DENIED', ['denied', 'denied', 'not-sent']],
    [400, 'ACCESS_DENIED', ['denied', 'denied', 'not-sent']],
    [200, 'ACCESS_DENIED', ['denied', 'denied', 'unknown']],
    [500, 'ACCESS_DENIED', ['denied', 'denied', 'unknown']],
    [401, 'ACCESS_DENIED', ['other', 'sign-in-not-accepted', 'not-sent']],
    [400, 'INVALID_SEARCH_DATA', ['search-refused', 'nhs-number-invalid', 'not-sent']],
    [400, 'INVALID_RESOURCE_ID', ['other', 'nhs-number-invalid', 'not-sent']],
    [400, 'PRECONDITION_FAILED', ['other', 'internal', 'not-sent']],
    [404, 'RESOURCE_NOT_FOUND', ['not-found', 'patient-not-found', 'unknown']],
    [404, 'not-found', ['not-found', 'patient-not-found', 'unknown']],
    [404, 'INVALIDATED_RESOURCE', ['not-found', 'patient-not-found', 'unknown']],
    [200, 'TOO_MANY_MATCHES', ['too-many-matches', 'answer-not-understood', 'unknown']],
    [429, 'TOO_MANY_REQUESTS', ['other', 'busy', 'not-sent']],
    [500, 'UNABLE_TO_CALL_SERVICE', ['other', 'service-failing', 'unknown']],
    [408, 'UNABLE_TO_CALL_SERVICE', ['other', 'timed-out', 'unknown']],
    [400, 'A_CODE_NOT_KNOWN', ['other', 'internal', 'not-sent']],
    [503, 'A_CODE_NOT_KNOWN', ['other', 'service-failing', 'unknown']],
    [200, 'A_CODE_NOT_KNOWN', ['other', 'answer-not-understood', 'unknown']],
  ])('%s %s', (status, code, expected) => {
    expect(failureOf(status, operationOutcome(code))).toEqual(expected);
  });

  test('and both before the general code of the issue', () => {
    const issue = [{ code: 'not-found', details: { coding: [{ code: 'INVALIDATED_RESOURCE' }] } }];
    expect(read(404, { resourceType: 'OperationOutcome', issue })).toMatchObject({
      failure: { fault: { happened: expect.stringContaining('has been withdrawn') } },
    });
  });
});

test.each([
  [{ code: 'MISSING_HEADER' }, 'There is a required header missing'],
  [{ code: 'MISSING_VALUE' }, 'Missing or Empty NHSD-End-User-Organisation-ODS header'],
  [{ code: 'MISSING_VALUE' }, 'Invalid request with error - X-Request-ID header must be supplied'],
])('H21: a header that was lost on its way is no fault of the user’s: %o', (coding, diagnostics) => {
  const issue = [{ severity: 'error', code: 'required', details: { coding: [coding] }, diagnostics }];
  const body = { resourceType: 'OperationOutcome', issue };
  expect(failureOf(400, body)).toEqual(['other', 'header-lost', 'not-sent']);
  expect(failureOf(412, body)).toEqual(['other', 'header-lost', 'unknown']);
  expect(failureOf(500, body)).not.toContain('header-lost');
});

test('a sign-in below the level that the service needs is said, and a stronger one is the way on', () => {
  const body = { error: 'unauthorized_client', error_description: 'x', message_id: '' };
  expect(failureOf(401, body, 'application/json')).toEqual(['other', 'assurance-too-low', 'not-sent']);
  expect(failureOf(401, { error: 'other' }, 'application/json')).toContain('sign-in-not-accepted');
  expect(failureOf(500, body, 'application/json')).toContain('service-failing');
});

test.each([
  [401, 'sign-in-not-accepted'],
  [403, 'denied'],
  [408, 'timed-out'],
  [429, 'busy'],
  [500, 'service-failing'],
  [503, 'service-failing'],
])('H2: "not found" under the status %s is not said of the patient', (status, fault) => {
  for (const code of ['RESOURCE_NOT_FOUND', 'not-found', 'INVALIDATED_RESOURCE']) {
    expect(failureOf(status, operationOutcome(code))).toContain(fault);
  }
});

describe('a status without a code', () => {
  test.each([
    [400, 'internal', 'not-sent'],
    [401, 'sign-in-not-accepted', 'not-sent'],
    [403, 'denied', 'not-sent'],
    [404, 'answer-not-understood', 'unknown'],
    [407, 'proxy', 'unknown'],
    [408, 'timed-out', 'unknown'],
    [429, 'busy', 'not-sent'],
    [500, 'service-failing', 'unknown'],
    [502, 'service-failing', 'unknown'],
    [504, 'timed-out', 'unknown'],
    [204, 'answer-not-understood', 'unknown'],
    [206, 'answer-not-understood', 'unknown'],
    [302, 'answer-not-understood', 'unknown'],
  ])('%s', (status, fault, notification) => {
    expect(failureOf(status, '')).toEqual([status === 403 ? 'denied' : 'other', fault, notification]);
  });

  test.each([200, 403, 404])('%s with a web page is the network’s, not the service’s', (status) => {
    // H4: a proxy may have put the page there after the service had acted.
    expect(failureOf(status, '<html></html>', 'text/html')).toEqual([
      'other',
      'answered-in-its-place',
      'unknown',
    ]);
  });
});

test('H2: an answer that is not UTF-8 is not understood, and is no guess at a name', () => {
  const body = new Uint8Array([...new TextEncoder().encode('{"total":0,"name":"'), 0xe9, 0x22, 0x7d]);
  const answer = { kind: 'answered', status: 200, contentType: '', body, retryAfter: undefined } as const;
  expect(readServiceAnswer({ answer, requestId })).toMatchObject({
    kind: 'failure',
    failure: { fault: { kind: 'answer-not-understood' }, notification: 'unknown' },
  });
});

test('H2: only 200 with JSON that is no OperationOutcome is a body', () => {
  expect(read(200, { total: 0 })).toEqual({ kind: 'body', body: { total: 0 }, requestId });
  expect(read(200, { total: 0 }, 'application/json').kind).toBe('body');
  expect(read(200, { total: 0 }, '').kind).toBe('body');
  expect(read(200, { total: 0 }, 'text/plain').kind).toBe('failure');
  expect(read(206, { total: 0 }).kind).toBe('failure');
  expect(read(200, '{"total":0').kind).toBe('failure');
  expect(read(200, '').kind).toBe('failure');
});

describe('the reference', () => {
  const referenceOf = (body: unknown) => {
    const answer = read(500, body);
    return answer.kind === 'failure' ? answer.failure.fault.reference : undefined;
  };

  test('is the service’s own where it gave one', () => {
    expect(referenceOf(operationOutcome('X', '57073625-1428-49e7-9ac5-abf1910cc58b'))).toBe(
      '57073625-1428-49e7-9ac5-abf1910cc58b',
    );
    const messageId = 'rrt-6207203489723987-a-geu2-3234-13489-1';
    expect(referenceOf({ message_id: messageId })).toBe(messageId);
    expect(referenceOf(operationOutcome('X'))).toBe(requestId);
  });
});

test.each<[FailedResponse['fault'], FailedResponse['delivered'], string, string]>([
  ['offline', 'no', 'offline', 'not-sent'],
  ['offline', 'unknown', 'offline', 'unknown'],
  ['timed-out', 'unknown', 'timed-out', 'unknown'],
  ['aborted', 'no', 'patient-changed', 'not-sent'],
  ['signed-out', 'no', 'signed-out', 'not-sent'],
  ['untrusted-certificate', 'no', 'untrusted-certificate', 'not-sent'],
  ['unexpected-issuer', 'no', 'unexpected-issuer', 'not-sent'],
])('H4: %s, reached: %s', (fault, delivered, kind, notification) => {
  const answer = readServiceAnswer({
    answer: { kind: 'failed', fault, delivered: delivered, detail: '' },
    requestId,
  });
  expect(answer).toMatchObject({
    kind: 'failure',
    failure: { fault: { kind, reference: requestId }, notification },
  });
});

test('no body makes it throw', () => {
  fc.assert(
    fc.property(fc.integer({ min: 100, max: 599 }), fc.json(), (status, body) => {
      const answer = read(status, body);
      if (answer.kind === 'failure') expect(faultKinds).toContain(answer.failure.fault.kind);
    }),
  );
});

test.each([
  'Melanie JONES <script>',
  'Testchild-Amber-2018-03-01',
  'TESTCHILD.Amber.Mock',
  'rrt-Amber-Testchild',
  'rrt-20180301-a-test-1-1-1',
  'x'.repeat(36),
  '9990000018',
  '999-000-0018',
  'patient-9990000018',
  '57073625-1428-49e7-9ac5-abf1910cc58b for Amber',
])('H10: what has not the form of a reference is not kept: %s', (id) => {
  for (const body of [{ ...operationOutcome('UNABLE_TO_CALL_SERVICE'), id }, { message_id: id }]) {
    expect(read(500, body)).toMatchObject({ kind: 'failure', failure: { fault: { reference: requestId } } });
  }
});
