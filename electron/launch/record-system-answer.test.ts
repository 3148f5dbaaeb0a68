import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readRecordSystemAnswer } from './record-system-answer.ts';

const system = 'https://fhir.nhs.uk/Id/nhs-number';
const user = 'https://fhir.nhs.uk/Id/sds-user-id';

const read = (
  nhsNumber: unknown,
  nhsNumberForm: 'identifier' | 'number' = 'identifier',
  more: { birthDate?: unknown; userId?: unknown } = {},
) =>
  readRecordSystemAnswer(
    {
      kind: 'answered',
      nhsNumber,
      nhsNumberForm,
      birthDate: 'birthDate' in more ? { value: more.birthDate } : 'not-asked',
      userId: 'userId' in more ? { value: more.userId } : 'not-asked',
    },
    () => 'ref',
  );

describe('the NHS number', () => {
  test.each([
    ['identifier', `${system}|9990000018`],
    ['number', '9990000018'],
  ] as const)('in the form "%s" that the environment names', (form, value) => {
    expect(read(value, form)).toMatchObject({ kind: 'context', context: { nhsNumber: '9990000018' } });
  });

  test.each([
    ['is missing', undefined, 'identifier'],
    ['is a number of JSON', 9_990_000_018, 'number'],
    ['H3: could be the id of a FHIR resource', '9990000018', 'identifier'],
    ['has its system where the environment names the number alone', `${system}|9990000018`, 'number'],
    ['H3: has another system', 'https://example.org/mrn|9990000018', 'identifier'],
    ['has a wrong check digit', `${system}|9990000019`, 'identifier'],
    ['has blanks', '999 000 0018', 'number'],
    ['is a reference', 'Patient/9990000018', 'number'],
    ['is a list', ['9990000018'], 'number'],
  ] as const)('%s: no patient, in words', (_what, value, form) => {
    expect(read(value, form)).toMatchObject({
      kind: 'failed',
      fault: { kind: 'launch-refused', happened: expect.stringContaining('did not name a patient') },
    });
  });

  test('whatever comes: a right one, or none', () => {
    const piece = fc.oneof(fc.string(), fc.constantFrom(system, '|', '9990000018', '999', '0'));
    const text = fc.array(piece).map((pieces) => pieces.join(''));
    const forms = fc.constantFrom('identifier', 'number');
    fc.assert(
      fc.property(fc.oneof(text, fc.anything()), forms, (value, form) => {
        const found = read(value, form);
        if (found.kind === 'failed') return;
        expect([`${system}|${found.context.nhsNumber}`, found.context.nhsNumber]).toContain(value);
      }),
      { numRuns: 3_000 },
    );
  });
});

describe('what else the environment asks for', () => {
  test('is there', () => {
    const more = { birthDate: '2015-08-14', userId: '555036632103' };
    expect(read('9990000018', 'number', more)).toMatchObject({
      context: { birthDate: '2015-08-14', practitioner: { system: user, value: '555036632103' } },
    });
  });

  test('the user may be an identifier', () => {
    expect(read('9990000018', 'number', { userId: `${user}|555036632103` })).toMatchObject({
      context: { practitioner: { system: user, value: '555036632103' } },
    });
  });

  test.each([
    ['no date of birth', { birthDate: undefined }],
    ['a date of birth that is none', { birthDate: '2015-02-30' }],
    ['a year', { birthDate: '2015' }],
    ['no user', { userId: undefined }],
    ['H14: a user of another system', { userId: 'https://example.org/user|555036632103' }],
    ['H14: a user who is no user id', { userId: 'Practitioner/12' }],
  ])('%s: refused, in words', (_what, more) => {
    expect(read('9990000018', 'number', more)).toMatchObject({
      kind: 'failed',
      fault: { happened: expect.stringContaining('left out a detail') },
    });
  });
});
