import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatNhsNumber, type NhsNumber, parseNhsNumber } from '../../../shared/clinical/nhs-number.ts';
import { anyNhsNumber } from '../../../shared/testing/nhs-numbers.ts';
import { holdsAnotherNumber, namesAnotherPatient } from './named-patients.ts';
import { nhsNumberSystem } from './nhs-number-identifier.ts';

/** None begins with 0, which a JSON number would lose. */
const nhsNumber = anyNhsNumber.filter((number) => !number.startsWith('0'));

const [code, url] = ['patient:identifier', 'https://example.test/FHIR/R4/CareTeam'];

const places: readonly (readonly [string, (number: NhsNumber) => unknown])[] = [
  ['identifier', (value) => ({ a: [{ identifier: { use: 'official', value, system: nhsNumberSystem } }] })],
  ['grouped', (number) => ({ system: nhsNumberSystem, value: formatNhsNumber(number) })],
  ['as a number', (number) => ({ system: nhsNumberSystem, value: Number(number) })],
  ['in other letters', (value) => ({ system: nhsNumberSystem.toUpperCase(), value })],
  ['with a slash after the system', (value) => ({ system: `${nhsNumberSystem}/`, value })],
  ['of another scheme', (value) => ({ system: 'http://fhir.nhs.net/Id/nhs-number', value })],
  ['Patient', (id) => ({ entry: [{ resource: { resourceType: 'Patient', id } }] })],
  ['Patient in small letters', (id) => ({ contained: [{ resourceType: 'patient', id }] })],
  ['Patient with a number', (number) => ({ resourceType: 'Patient', id: Number(number) })],
  ['Patient with an identifier', (value) => ({ resourceType: 'Patient', identifier: [{ value }] })],
  ['reference', (number) => ({ subject: { reference: `Patient/${number}` } })],
  ['reference in small letters', (number) => ({ subject: { reference: `patient/${number}` } })],
  ['absolute', (number) => ({ fullUrl: `https://example.test/Patient/${number}/_history/2` })],
  ['link', (number) => ({ url: `${url}?${code}=${nhsNumberSystem}|${number}` })],
  [
    'link in other letters',
    (number) => ({ url: `${url}?${code}=HTTPS://FHIR.NHS.UK/ID/NHS-NUMBER/|${number}` }),
  ],
  [
    'encoded',
    (number) => ({ url: `${url}?${new URLSearchParams({ [code]: `${nhsNumberSystem}|${number}` })}` }),
  ],
  [
    'grouped in a link',
    (number) => ({ url: `${url}?${code}=${nhsNumberSystem}|${formatNhsNumber(number)}` }),
  ],
  [
    'grouped and encoded',
    (number) => ({
      url: `${url}?${new URLSearchParams({ [code]: `${nhsNumberSystem}|${formatNhsNumber(number)}` })}`,
    }),
  ],
  [
    'twice',
    (number) => ({ url: `${url}?${code}=${nhsNumberSystem}|${number},${nhsNumberSystem}|${number}` }),
  ],
  ['in a sentence', (number) => ({ text: `Nothing for (${nhsNumberSystem}|${number}).` })],
  ['grouped parameter', (number) => ({ url: `/PatientFlag?patient=${formatNhsNumber(number)}&code=x` })],
  [
    'grouped and encoded parameter',
    (number) => ({ url: `/PatientFlag?${new URLSearchParams({ patient: formatNhsNumber(number) })}` }),
  ],
  ['parameter', (number) => ({ url: `/PatientFlag?code=x&patient=${number}` })],
  ['typed parameter', (number) => ({ url: `/CareTeam?subject:Patient=${number}&_count=1` })],
];

describe('H3: whom an answer names', () => {
  test.each(places)('%s', (_place, write) => {
    fc.assert(
      fc.property(nhsNumber, nhsNumber, (requested, named) => {
        expect(namesAnotherPatient([{ before: ['text'], after: write(named) }], requested)).toBe(
          named !== requested,
        );
      }),
    );
  });

  test.each<[string, unknown]>([
    ['no patient at all', { id: '9990000026', telecom: [{ value: '9990000026' }] }],
    ['an identifier of another system', { system: 'https://fhir.nhs.uk/Id/ods', value: '9990000026' }],
    ['an id of the service’s own', { subject: { reference: 'Patient/4711' }, url: '?patient=4711' }],
    ['a practitioner', { who: { reference: 'Practitioner/9990000026' } }],
  ])('not %s', (_name, body) => {
    const parsed = parseNhsNumber('9990000018');
    expect(parsed.kind === 'valid' && namesAnotherPatient([body], parsed.nhsNumber)).toBe(false);
  });
});

describe('H3: an answer without entries', () => {
  test('holds no other NHS number, however it is written', () => {
    const written = fc.constantFrom<(number: NhsNumber) => string>(
      (number) => number,
      formatNhsNumber,
      (number) => formatNhsNumber(number).replaceAll(' ', '-'),
      (number) => `urn:x:${number}`,
      (number) => `a%7C${number}%20`,
      (number) => formatNhsNumber(number).replaceAll(' ', '+'),
      (number) => formatNhsNumber(number).replaceAll(' ', '.'),
      (number) => formatNhsNumber(number).replaceAll(' ', '\u00a0'),
      (number) => encodeURIComponent(formatNhsNumber(number).replaceAll(' ', '\u2013')),
      (number) => `NHS${number}`,
    );
    fc.assert(
      fc.property(nhsNumber, nhsNumber, written, (requested, held, write) => {
        expect(holdsAnotherNumber([{ a: [`x ${write(held)}, y`] }], requested)).toBe(held !== requested);
      }),
    );
  });

  test('may have any UUID and any time', () => {
    fc.assert(
      fc.property(nhsNumber, fc.uuid(), fc.date({ noInvalidDate: true }), (requested, id, time) => {
        const body = { id, timestamp: time.toISOString(), link: [{ url: `${url}?page=${id}` }] };
        expect(holdsAnotherNumber([body], requested)).toBe(false);
      }),
    );
  });
});
