import { describe, expect, test } from 'vitest';
import { createTestNetwork, serve } from '../network/testing/loopback-server.ts';
import { createRedeemer } from './redeem-code.ts';

interface ReceivedRequest {
  readonly method: string | undefined;
  readonly type: string | undefined;
  readonly body: string;
}

/** An issuer on this computer. */
async function issuer(status: number, answer: unknown) {
  const received: ReceivedRequest[] = [];
  const origin = await serve(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    received.push({ method: request.method, type: request.headers['content-type'], body });
    response.writeHead(status, { 'Content-Type': 'application/json' });
    response.end(typeof answer === 'string' ? answer : JSON.stringify(answer));
  });
  const redeem = createRedeemer({
    settings: { issuer: 'https://epr.example.nhs.uk', redeemUrl: `${origin}redeem` },
    network: createTestNetwork(),
    timeoutMs: 5_000,
    newId: () => 'ref',
  });
  return {
    redeem: (code: string, from?: string) =>
      redeem({ kind: 'code', code, issuer: from }, new AbortController().signal),
    received,
  };
}

const fields = {
  patient: 'https://fhir.nhs.uk/Id/nhs-number|9990000018',
  birthdate: '2015-08-14',
  exp: 1_795_000_600,
};

describe('a launch code', () => {
  test('is posted to the address of the site, and its context is read by the same grammar', async () => {
    const { redeem, received } = await issuer(200, fields);
    expect(await redeem('Zm9v~YmFy', 'https://epr.example.nhs.uk')).toEqual({
      kind: 'context',
      context: {
        nhsNumber: '9990000018',
        birthDate: '2015-08-14',
        practitioner: undefined,
        location: undefined,
        notBefore: undefined,
        notAfter: 1_795_000_600_000,
      },
    });
    expect(received).toEqual([
      { method: 'POST', type: 'application/x-www-form-urlencoded', body: 'code=Zm9v%7EYmFy' },
    ]);
  });

  test('of another issuer goes nowhere', async () => {
    const { redeem, received } = await issuer(200, fields);
    expect(await redeem('Zm9vYmFy', 'https://evil.example')).toMatchObject({
      kind: 'failed',
      fault: {
        kind: 'launch-refused',
        happened:
          'The link names a record system that this site is not set up for. Nothing was sent to that system.',
      },
    });
    expect(received).toEqual([]);
  });

  test.each([
    ['used before', 400, { error: 'invalid_grant' }, 'launch-refused'],
    ['not found', 404, '', 'launch-refused'],
    ['a failing issuer', 503, '', 'service-failing'],
    ['no JSON', 200, 'hello', 'answer-not-understood'],
    ['a list', 200, [fields], 'answer-not-understood'],
    ['no date of birth', 200, { patient: fields.patient }, 'answer-not-understood'],
    ['a field too many', 200, { ...fields, name: 'X' }, 'answer-not-understood'],
    [
      'a wrong check digit',
      200,
      { ...fields, patient: fields.patient.replace('18', '19') },
      'answer-not-understood',
    ],
    ['nested fields', 200, { ...fields, patient: { value: '9990000018' } }, 'answer-not-understood'],
  ])('%s: no patient', async (_name, status, answer, kind) => {
    const { redeem } = await issuer(status, answer);
    expect(await redeem('Zm9vYmFy')).toMatchObject({ kind: 'failed', fault: { kind } });
  });

  test('where the site redeems none', async () => {
    const redeem = createRedeemer({
      settings: {},
      network: { request: () => Promise.reject() },
      timeoutMs: 1,
      newId: () => 'ref',
    });
    const link = { kind: 'code', code: 'Zm9vYmFy', issuer: undefined } as const;
    expect(await redeem(link, new AbortController().signal)).toMatchObject({
      fault: {
        kind: 'launch-refused',
        happened: 'This site is not set up for how your record system opened this application.',
      },
    });
  });
});
