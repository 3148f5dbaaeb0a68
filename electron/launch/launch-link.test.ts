import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseLaunchLink } from './launch-link.ts';

const nameless = 'patient=https://fhir.nhs.uk/Id/nhs-number|9990000018&birthdate=2015-08-14';
const location = 'location=https://fhir.nhs.uk/Id/ods-organization-code|A12345';
const patient = `${nameless}&${location}`;
const link = (query: string) => `cpis-viewer:launch?${query}`;

const context = {
  nhsNumber: '9990000018',
  birthDate: '2015-08-14',
  practitioner: undefined,
  location: 'A12345',
  notBefore: undefined,
  notAfter: undefined,
};

describe('a link that names a patient', () => {
  test.each([
    ['as SIDeR writes it', link(patient)],
    ['with slashes', `cpis-viewer://launch?${patient}`],
    ['as a browser writes it', `CPIS-VIEWER://launch/?${patient}`],
    [
      'percent-encoded',
      link(
        `patient=${encodeURIComponent('https://fhir.nhs.uk/Id/nhs-number|9990000018')}&birthdate=2015-08-14&${location}`,
      ),
    ],
    ['in another order', link(patient.split('&').toReversed().join('&'))],
    ['with the location in lower case', link(patient.replace('A12345', 'a12345'))],
    ['with a service', link(`${patient}&serviceId=1b4e28ba-2fa1-11d2-883f-0016d3cca427`)],
  ])('%s', (_name, text) => expect(parseLaunchLink(text)).toEqual({ kind: 'patient', context }));

  test.each([
    ['seconds', '1795000600'],
    ['a dateTime', '2026-11-18T11:16:40Z'],
    ['a dateTime with an offset', encodeURIComponent('2026-11-18T12:16:40.000+01:00')],
  ])('with limits in %s', (_form, exp) => {
    expect(parseLaunchLink(link(`${patient}&exp=${exp}`))).toMatchObject({
      context: { notAfter: Date.UTC(2026, 10, 18, 11, 16, 40) },
    });
  });

  test('with a practitioner and its limits', () => {
    const more = '&practitioner=https://sider.nhs.uk/auth|doctor%40nhs.net&nbf=1795000000&exp=1795000600';
    expect(parseLaunchLink(link(patient + more))).toEqual({
      kind: 'patient',
      context: {
        ...context,
        practitioner: { system: 'https://sider.nhs.uk/auth', value: 'doctor@nhs.net' },
        notBefore: 1_795_000_000_000,
        notAfter: 1_795_000_600_000,
      },
    });
  });
});

describe('a link with a one-time code', () => {
  test('alone', () => {
    expect(parseLaunchLink(link('code=Zm9vYmFyYmF6'))).toEqual({
      kind: 'code',
      code: 'Zm9vYmFyYmF6',
      issuer: undefined,
    });
  });

  test('with its issuer', () => {
    expect(parseLaunchLink(link('iss=https%3A%2F%2Fepr.example.nhs.uk&code=Zm9vYmFyYmF6'))).toEqual({
      kind: 'code',
      code: 'Zm9vYmFyYmF6',
      issuer: 'https://epr.example.nhs.uk',
    });
  });
});

describe('a SMART launch', () => {
  test.each([
    ['in the order of the standard', 'iss=https%3A%2F%2Fehr.example%2Ffhir&launch=a%2Bb%2F%3D'],
    ['the other way round', 'launch=a%2Bb/%3D&iss=https://ehr.example/fhir'],
  ])('%s', (_name, query) => {
    expect(parseLaunchLink(link(query))).toEqual({
      kind: 'smart',
      iss: 'https://ehr.example/fhir',
      launch: 'a+b/=',
    });
  });
});

describe('unknown is', () => {
  const nhs = 'https://fhir.nhs.uk/Id/nhs-number';
  test.each([
    ['nothing', ''],
    ['another scheme', `cpis-viewers:launch?${patient}`],
    ['a web address', `https://launch?${patient}`],
    ['another action', `cpis-viewer:open?${patient}`],
    ['a deeper path', `cpis-viewer:launch/x?${patient}`],
    ['a user', `cpis-viewer://user@launch?${patient}`],
    ['a port', `cpis-viewer://launch:1?${patient}`],
    ['no parameters', 'cpis-viewer:launch'],
    ['empty parameters', link('')],
    ['a fragment', link(`${patient}#x`)],
    ['a space', link(`${patient} `)],
    ['a line end', `${link(patient)}\n`],
    ['a tab in the scheme', `cpis-\tviewer:launch?${patient}`],
    ['a parameter too many', link(`${patient}&careSetting=unscheduled`)],
    ['a parameter twice', link(`${patient}&birthdate=2015-08-14`)],
    ['a parameter without a value', link(`${patient}&exp=`)],
    ['no birthdate', link(`patient=${nhs}|9990000018&${location}`)],
    ['no patient', link(`birthdate=2015-08-14&${location}`)],
    ['a number without its system', link(`patient=9990000018&birthdate=2015-08-14&${location}`)],
    ['another system', link(`patient=https://example.org/mrn|9990000018&birthdate=2015-08-14&${location}`)],
    ['a wrong check digit', link(`patient=${nhs}|9990000019&birthdate=2015-08-14&${location}`)],
    ["the guide's own sample number", link(`patient=${nhs}|9912003890&birthdate=2015-08-14&${location}`)],
    ['a number with spaces', link(`patient=${nhs}|999%20000%200018&birthdate=2015-08-14&${location}`)],
    ['two numbers', link(`patient=${nhs}|9990000018|9990000026&birthdate=2015-08-14&${location}`)],
    ['a day that is none', link(`patient=${nhs}|9990000018&birthdate=2015-02-30&${location}`)],
    ['a year alone', link(`patient=${nhs}|9990000018&birthdate=2015&${location}`)],
    ['a time', link(`patient=${nhs}|9990000018&birthdate=2015-08-14T00:00:00Z&${location}`)],
    ['a broken encoding', link(`${patient}&practitioner=%E0%A4%A`)],
    ['bytes that are not ASCII', link(`${patient}&practitioner=https://x|%C3%A9`)],
    ['a line end in a value', link(`${patient}&practitioner=https://x|a%0Ab`)],
    ['no location', link(nameless)],
    ['a location of another system', link(`${nameless}&location=https://x.org|A12345`)],
    [
      'a location that is no code',
      link(`${nameless}&location=https://fhir.nhs.uk/Id/ods-organization-code|..`),
    ],
    ['a limit that is no number', link(`${patient}&exp=tomorrow`)],
    ['a negative limit', link(`${patient}&exp=-1`)],
    ['a limit on a day that is none', link(`${patient}&exp=2026-02-31T00:00:00Z`)],
    ['a limit at an hour that is none', link(`${patient}&exp=2026-02-01T25:00:00Z`)],
    ['a limit without its time zone', link(`${patient}&exp=2026-11-18T11:56:40`)],
    ['a service that is no GUID', link(`${patient}&serviceId=1`)],
    ['a code and a patient', link(`code=Zm9vYmFyYmF6&${patient}`)],
    ['a code that is too short', link('code=abc')],
    ['a code with other characters', link('code=../../../etc')],
    ['an issuer alone', link('iss=https://x.org')],
    ['a launch without its issuer', link('launch=abc')],
    ['a launch and a code', link('iss=https://x.org&launch=abc&code=Zm9vYmFyYmF6')],
    ['a launch and a patient', link(`iss=https://x.org&launch=abc&${patient}`)],
    ['a launch and a parameter too many', link('iss=https://x.org&launch=abc&aud=https://y.org')],
    ['a launch of an issuer that is no web address', link('iss=file:///etc&launch=abc')],
    ['two issuers', link('iss=https://x.org&launch=abc&iss=https://y.org')],
    ['an issuer that is no web address', link('code=Zm9vYmFyYmF6&iss=file:///etc')],
    ['too long', link(`${patient}&practitioner=https://x|${'a'.repeat(2_000)}`)],
  ])('%s', (_name, text) => expect(parseLaunchLink(text)).toEqual({ kind: 'unknown' }));
});

describe('whatever comes', () => {
  const rounds = { numRuns: 3_000 };
  const piece = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      'patient=',
      'birthdate=',
      'code=',
      'iss=',
      'launch=',
      'https://ehr.example/fhir',
      'location=',
      '&',
      '=',
      '|',
      '%',
      '%0a',
      '?',
      '#',
      patient,
      '9990000018',
    ),
  );

  test('the parser ends with a known form or `unknown`', () => {
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const { kind } = parseLaunchLink(link(pieces.join('')));
        expect(['patient', 'code', 'smart', 'unknown']).toContain(kind);
      }),
      rounds,
    );
  });

  test('a patient is only ever one with ten digits, a right check digit and a whole date', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), fc.nat(), (pieces, at) => {
        const text = link(patient);
        const place = at % text.length;
        const parsed = parseLaunchLink(text.slice(0, place) + pieces.join('') + text.slice(place));
        if (parsed.kind !== 'patient') return;
        expect(parsed.context.nhsNumber).toMatch(/^\d{10}$/);
        expect(parsed.context.birthDate).toMatch(/^\d{4}-\d{2}-\d{2}$/);
      }),
      rounds,
    );
  });

  test('a SMART launch comes out as it was sent, whatever it holds', () => {
    const printable = fc.string({ minLength: 1, maxLength: 200 }).filter((text) => /^[ -~]+$/.test(text));
    fc.assert(
      fc.property(printable, (launch) => {
        const query = new URLSearchParams({ iss: 'https://ehr.example/fhir', launch });
        const [plus, percent] = [query.toString(), query.toString().replaceAll('+', '%20')];
        const expected = { kind: 'smart', iss: 'https://ehr.example/fhir', launch };
        expect(parseLaunchLink(link(percent))).toEqual(expected);
        // A plus is a plus: base64 has it, and no launch has blanks.
        expect(parseLaunchLink(link(plus))).toEqual({ ...expected, launch: launch.replaceAll(' ', '+') });
      }),
      rounds,
    );
  });

  test('one digit of the number changed: never another patient', () => {
    fc.assert(
      fc.property(fc.nat({ max: 9 }), fc.integer({ min: 1, max: 9 }), (place, by) => {
        const digits = [...'9990000018'];
        digits[place] = String((Number(digits[place]) + by) % 10);
        expect(parseLaunchLink(link(patient.replace('9990000018', digits.join(''))))).toEqual({
          kind: 'unknown',
        });
      }),
    );
  });
});
