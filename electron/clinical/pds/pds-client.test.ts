import { describe, expect, test } from 'vitest';
import type { FaultKind } from '../../../shared/fault.ts';
import { nhsNumberSystem } from '../fhir/nhs-number-identifier.ts';
import type { Answer } from '../testing/loopback-service.ts';
import { pdsServiceForTests } from '../testing/pds-service.ts';
import { firstChild, operationOutcome, patient, secondChild, withoutGaps } from '../testing/synthetic.ts';

const service = pdsServiceForTests();
const signal = new AbortController().signal;

function traceOf(body: unknown, status = 200) {
  service.answerWith(() => ({ status, body }));
  return service.createClient().trace({ nhsNumber: firstChild }, signal);
}

/** PDS has the first child with these members in place of the usual ones; an `undefined` one is left out. */
function clientWith(further: Record<string, unknown>) {
  service.answerWith(() => ({ body: withoutGaps(patient(firstChild, further)) }));
  return service.createClient();
}

const traced = async (further: Record<string, unknown>) => {
  const outcome = await clientWith(further).trace({ nhsNumber: firstChild }, signal);
  if (outcome.kind !== 'traced') throw new Error(`not traced: ${JSON.stringify(outcome)}`);
  return outcome.patient;
};

const noteKinds = async (further: Record<string, unknown>) =>
  (await traced(further)).notes.map(({ kind }) => kind);

const couldNotTrace = (kind: FaultKind, happened = '') => ({
  kind: 'could-not-trace',
  fault: { kind, happened: expect.stringContaining(happened) },
});

describe('trace', () => {
  test('the banner has the form of the CUI, and the request the headers of PDS', async () => {
    expect(await traced({})).toEqual({
      context: expect.stringMatching(/^[\w-]+$/),
      banner: {
        name: 'EXAMPLE, Robin (Miss)',
        born: { short: '14-Aug-2015 (11y)', long: '14 August 2015, 11 years old' },
        gender: 'Female',
        nhsNumber: '999 000 0018',
        death: { kind: 'none' },
      },
      notes: [],
      comparison: undefined,
      openedFrom: { kind: 'viewer' },
    });
    const [request] = service.received;
    expect(request?.url.pathname).toBe('/personal-demographics/FHIR/R4/Patient/9990000018');
    expect(request?.headers).toMatchObject({ accept: 'application/fhir+json' });
    expect(request?.headers['x-request-id']).not.toBe(request?.headers['x-correlation-id']);
  });

  const otherBirths: readonly (readonly [string, string, Record<string, unknown>])[] = [
    ['another date', '2015-08-15', {}],
    ['a year and a month alone on PDS', '2015-08-14', { birthDate: '2015-08' }],
    ['no date on PDS', '2015-08-14', { birthDate: undefined }],
  ];

  describe('of a number that comes from another system (H3)', () => {
    const traceBornOn = (bornOn: string | undefined, further: Record<string, unknown> = {}) =>
      clientWith(further).trace({ nhsNumber: firstChild }, signal, { bornOn });

    test('with the same date of birth, or without one, it says when the record system opened it', async () => {
      for (const bornOn of ['2015-08-14', undefined]) {
        expect(await traceBornOn(bornOn)).toMatchObject({
          kind: 'traced',
          patient: { openedFrom: { kind: 'record-system', at: '14:32' } },
        });
      }
    });

    test.each(otherBirths)('with %s: no patient, and the reason', async (_name, bornOn, further) => {
      expect(await traceBornOn(bornOn, further)).toMatchObject(
        couldNotTrace('launch-refused', 'date of birth'),
      );
    });
  });

  describe('of a number from a wristband', () => {
    const traceBand = (
      wristband: { bornOn?: string; baby?: string },
      further: Record<string, unknown> = {},
    ) => clientWith(further).trace({ nhsNumber: firstChild, wristband }, signal);

    test('with the same date of birth, or none that could be read, it says which', async () => {
      expect(await traceBand({ bornOn: '2015-08-14', baby: 'baby 1 of 2' })).toMatchObject({
        patient: { openedFrom: { kind: 'wristband', dateOfBirth: 'same', baby: 'baby 1 of 2' } },
      });
      expect(await traceBand({})).toMatchObject({ patient: { openedFrom: { dateOfBirth: 'not-read' } } });
    });

    test.each(otherBirths)(
      'H3: with %s, there is no patient, and the reason is said',
      async (_name, bornOn, further) => {
        expect(await traceBand({ bornOn }, further)).toMatchObject(
          couldNotTrace('wrong-patient', 'on the wristband'),
        );
      },
    );
  });

  test('H13: address, phone and practice go no further', async () => {
    const text = JSON.stringify(await traced({}));
    for (const secret of ['Secret Street', 'ZZ99', '01632960999', 'Y12345'])
      expect(text).not.toContain(secret);
  });

  test('H13: a restricted record calls for caution', async () => {
    for (const code of ['R', 'V', 'a-code-not-known']) {
      expect(await noteKinds({ meta: { security: [{ code }] } })).toEqual(['restricted']);
    }
  });

  test('H13: a record without a mark that can be read may be restricted', async () => {
    for (const meta of [
      undefined,
      'U',
      {},
      { security: [] },
      { security: [{ code: {} }] },
      { security: 'U' },
    ]) {
      expect((await traced({ meta })).notes, JSON.stringify(meta)).toMatchObject([
        { kind: 'restriction-unclear', sentence: expect.stringContaining('Do not tell anyone') },
        { kind: 'registration-unclear' },
      ]);
    }
  });

  test('H3: a replaced number is followed, and said', async () => {
    const outcome = await traceOf(patient(secondChild));
    expect(outcome).toMatchObject({
      kind: 'traced',
      nhsNumber: secondChild,
      patient: {
        banner: { nhsNumber: '999 000 0026' },
        notes: [
          {
            kind: 'superseded',
            sentence:
              'The NHS number that you used has been replaced by 999\u00a0000\u00a00026. Check that this is the right patient.',
          },
        ],
      },
    });
  });

  test('H13: the number that was replaced is named nowhere', async () => {
    const outcome = await traceOf(patient(secondChild));
    expect(JSON.stringify(outcome).replaceAll(' ', '')).not.toContain(firstChild);
  });

  const [mrn, number] = ['https://example.test/Id/mrn', { system: nhsNumberSystem, value: secondChild }];
  test.each<[string, unknown]>([
    ['one', [number]],
    ['beside its own', [{ ...number, value: firstChild }, number]],
    ['outside a list', number],
    ['in capitals', [{ ...number, system: nhsNumberSystem.toUpperCase() }]],
    ['with a slash after it', [{ ...number, system: `${nhsNumberSystem}/` }]],
    ['of another scheme', [{ ...number, system: 'http://fhir.nhs.net/Id/nhs-number' }]],
    ['encoded', [{ ...number, system: 'https://fhir.nhs.uk/Id/nhs%2Dnumber' }]],
    ['as an OID', [{ ...number, system: 'urn:oid:2.16.840.1.113883.2.1.4.1' }]],
    ['with a letter wrong', [{ ...number, system: 'https://fhir.nhs.uk/Id/nhs-numbr' }]],
    ['of another system', [{ ...number, system: mrn }]],
    ['without a system', [{ value: secondChild }]],
    ['whose system is null', [{ ...number, system: null }]],
    ['whose system is no text', [{ ...number, system: { value: nhsNumberSystem } }]],
    ['in groups', [{ system: 'x', value: '999 000 0026' }]],
    ['as a number', [{ system: 'x', value: Number(secondChild) }]],
    ['as an object', [{ ...number, system: 'x', value: { value: secondChild } }]],
    ['that is damaged', [{ ...number, value: '99900000' }]],
    ['that is null', [{ ...number, value: null }]],
    ['that is missing', [{ system: nhsNumberSystem }]],
  ])('H3: a record that names two NHS numbers, %s, is not used', async (_name, identifier) => {
    expect(await traceOf(patient(firstChild, { identifier }))).toMatchObject(
      couldNotTrace('answer-not-understood'),
    );
  });

  test.each<[string, unknown]>([
    ['in capitals', [{ system: nhsNumberSystem.toUpperCase(), value: firstChild }]],
    ['and a number of another system', [{ system: mrn, value: '9990000027' }]],
    ['and no identifier', []],
  ])('H3: a record with its own NHS number, %s, is used', async (_name, identifier) => {
    expect((await traceOf(patient(firstChild, { identifier }))).kind).toBe('traced');
  });

  test.each([{ implicitRules: 'https://example.test/rules' }, { modifierExtension: [{ url: 'x' }] }])(
    'H3: a record with a rule or an extension that may turn its meaning is not used: %j',
    async (further) => {
      const outcome = await traceOf(patient(firstChild, further));
      expect(outcome).toMatchObject(couldNotTrace('answer-not-understood'));
    },
  );

  test('a record with gaps says which', async () => {
    const { banner, notes } = await traced({ name: undefined, gender: undefined, birthDate: undefined });
    expect(banner).toMatchObject({ name: 'Not known', born: { short: 'Not known' }, gender: 'Not known' });
    expect(notes).toEqual([
      {
        kind: 'incomplete',
        sentence:
          "The Personal Demographics Service does not give this patient's name, date of birth and gender. Take extra care that this is the right patient.",
      },
    ]);
  });

  const masked = { extension: [{ url: dataAbsentReason, valueCode: 'masked' }] };
  const unknown = { extension: [{ url: dataAbsentReason, valueCode: 'unknown' }] };
  const [notRead, withheld, missing] = [
    'We could not read',
    'The Personal Demographics Service withholds',
    'The Personal Demographics Service does not give',
  ];
  test.each<[Record<string, unknown>, string, string]>([
    [{ name: 'Robin Example' }, notRead, 'name'],
    [{ name: [{ use: 'usual', _family: masked }] }, notRead, 'name'],
    [{ name: { family: {}, given: [{}] } }, notRead, 'name'],
    [{ name: [{ family: {}, given: ['Ann'] }] }, notRead, 'family name'],
    [{ name: [{ _family: {}, given: ['Ann'] }] }, notRead, 'family name'],
    [{ name: [{ _family: masked, given: ['Ann'] }] }, withheld, 'family name'],
    [{ name: [{ family: 7, given: ['Ann'] }] }, notRead, 'family name'],
    [{ name: [{ family: '', given: ['Ann'] }] }, missing, 'family name'],
    [{ name: [{ family: 'A', given: {} }] }, notRead, 'given names'],
    [{ name: [{ family: 'A', given: [{}, 'Ann'] }] }, notRead, 'given names'],
    [{ name: [{ family: 'A', given: ['Ann', null] }] }, notRead, 'given names'],
    [{ name: [{ family: 'A', given: ['', 'Ann'] }] }, notRead, 'given names'],
    [{ name: [{ family: 'A', _given: [masked] }] }, withheld, 'given names'],
    [{ name: [{ family: 'A', given: [null, 'Ann'], _given: [masked, null] }] }, withheld, 'given names'],
    [{ name: [{ family: 'A', _given: [unknown] }] }, missing, 'given names'],
    [{ name: [{ family: 'A' }] }, missing, 'given names'],
    [{ name: [{ text: 'Ann A', family: {}, given: [{}] }] }, notRead, 'family name and given names'],
    [{ birthDate: undefined, _birthDate: masked }, withheld, 'date of birth'],
    [{ birthDate: undefined, _birthDate: unknown }, missing, 'date of birth'],
    [{ birthDate: '14/08/2015' }, notRead, 'date of birth'],
    [{ birthDate: '2026-02-30' }, notRead, 'date of birth'],
    [{ birthDate: '0001-01-01' }, notRead, 'date of birth'],
    [{ birthDate: '9999-12-31' }, notRead, 'date of birth'],
    [{ birthDate: { value: '2015-08-14' } }, notRead, 'date of birth'],
    [{ gender: { code: 'female' } }, notRead, 'gender'],
    [{ gender: 2 }, notRead, 'gender'],
    [{ gender: undefined, _gender: masked }, withheld, 'gender'],
  ])(
    'H3: a detail that is not there is said to be missing, withheld or not read: %j',
    async (further, why, detail) => {
      expect((await traced(further)).notes).toEqual([
        {
          kind: 'incomplete',
          sentence: `${why} this patient's ${detail}. Take extra care that this is the right patient.`,
        },
      ]);
    },
  );

  test.each([
    [{ birthDate: '2015' }, '2015'],
    [{ birthDate: '2015-08' }, 'Aug-2015'],
    [{ birthDate: '14/08/2015' }, 'Not known'],
    [{ birthDate: '2026-11-20' }, '20-Nov-2026 (3d)'],
    [{ birthDate: '2026-11-24' }, '24-Nov-2026'],
  ])('born: %j', async (further, short) => {
    expect((await traced(further)).banner.born.short).toBe(short);
  });

  test.each([
    [{ deceasedDateTime: '2025-08-14T00:00:00+00:00' }, '14-Aug-2025 (10y)'],
    [{ deceasedDateTime: '2025' }, '2025'],
    [{ deceasedDateTime: 'unknown' }, 'Date not known'],
    [{ deceasedDateTime: '2027-01-01' }, 'Date not known'],
    [{ deceasedDateTime: {} }, 'Date not known'],
    [{ _deceasedDateTime: { extension: [{ url: 'x', valueCode: 'unknown' }] } }, 'Date not known'],
    [{ deceasedBoolean: true }, 'Date not known'],
    [{ deceasedBoolean: 'true' }, 'Date not known'],
    [{ deceasedBoolean: false }, undefined],
  ])('died: %j', async (further, short) => {
    const { banner, notes } = await traced(further);
    const died = { kind: 'died', date: { short } };
    expect(banner.death).toMatchObject(short === undefined ? { kind: 'none' } : died);
    expect(banner.born.short).toBe(short === undefined ? '14-Aug-2015 (11y)' : '14-Aug-2015');
    expect(notes.map(({ kind }) => kind)).toEqual(short === undefined ? [] : ['deceased']);
  });

  test.each([
    [{ deceasedBoolean: 1 }],
    [{ deceasedBoolean: 'yes' }],
    [{ deceasedBoolean: {} }],
    [{ deceasedBoolean: [true] }],
    [{ _deceasedBoolean: masked }],
    [{ deceasedBoolean: null, _deceasedBoolean: masked }],
    [{ deceasedBoolean: null }],
    [{ deceasedDateTime: null }],
    [{ deceasedDateTime: null, deceasedBoolean: false }],
    [{ deceasedDateTime: '' }],
    [{ deceasedDateTime: false }],
  ])('H3: a flag of death that cannot be read is not taken for "alive": %j', async (further) => {
    const { banner, notes } = await traced(further);
    expect(banner).toMatchObject({ death: { kind: 'unclear' }, born: { short: '14-Aug-2015 (11y)' } });
    expect(notes).toEqual([
      {
        kind: 'death-unclear',
        sentence:
          'We could not read if this patient has died. Take extra care that this is the right patient.',
      },
    ]);
  });

  test.each([[{ deceasedBoolean: 'false' }], [{ deceasedBoolean: '' }]])('alive: %j', async (further) => {
    expect(await traced(further)).toMatchObject({ banner: { death: { kind: 'none' } }, notes: [] });
  });

  const ukCore = 'https://fhir.hl7.org.uk/StructureDefinition';
  const coded = (url: string, code: string) => ({ url, valueCodeableConcept: { coding: [{ code }] } });
  const notified = (code: string) => ({
    url: `${ukCore}/Extension-UKCore-DeathNotificationStatus`,
    extension: [coded('deathNotificationStatus', code)],
  });

  test.each([
    ['1', 'has a report that this patient has died. The death has not been registered.'],
    ['2', 'records that this patient has died. The death has been registered.'],
  ])('a death that is notified with %s is said as such, also without a date', async (code, words) => {
    for (const further of [{}, { deceasedDateTime: '2025-08-14' }]) {
      const { banner, notes } = await traced({ ...further, extension: [notified(code)] });
      expect(banner.death.kind).toBe('died');
      expect(notes).toEqual([{ kind: 'deceased', sentence: `The Personal Demographics Service ${words}` }]);
    }
  });

  test.each([
    ['with a slash', '/Extension-UKCore-DeathNotificationStatus/'],
    ['with a version', '/Extension-UKCore-DeathNotificationStatus|2.0.0'],
    ['in capitals', '/EXTENSION-UKCORE-DEATHNOTIFICATIONSTATUS'],
    ['with a letter less', '/Extension-UKCore-DeathNotificationStatu'],
  ])('H3: a death that is notified at an address %s is said', async (_name, address) => {
    const extension = [{ ...notified('2'), url: `${ukCore}${address}` }];
    expect(await noteKinds({ extension })).toEqual(['deceased']);
  });

  test('H3: a notification of death that PDS has removed is none, and contradicts a date of death', async () => {
    const removedReport = await traced({ extension: [notified('U')] });
    expect(removedReport).toMatchObject({ banner: { death: { kind: 'none' } }, notes: [] });
    const { notes } = await traced({ extension: [notified('U')], deceasedDateTime: '2025-08-14' });
    expect(notes).toMatchObject([
      { kind: 'deceased', sentence: expect.stringContaining('but has removed the report of the death') },
    ]);
  });

  test('H3: a notification of death that cannot be read is not taken for none, nor for less than another one', async () => {
    const unreadable = [notified('3'), { url: notified('1').url }, { ...notified('1'), extension: 'formal' }];
    for (const extension of unreadable) {
      expect(await noteKinds({ extension: [extension] })).toEqual(['death-unclear']);
    }
    expect((await traced({ extension: [notified('3'), notified('2')] })).notes).toMatchObject([
      { kind: 'deceased', sentence: expect.stringContaining('has been registered') },
    ]);
  });

  const removed = (code: string, effective?: { readonly start?: string; readonly end?: string }) => ({
    url: 'https://fhir.nhs.uk/StructureDefinition/Extension-PDS-RemovalFromRegistration',
    extension: [
      coded('removalFromRegistrationCode', code),
      ...(effective === undefined ? [] : [{ url: 'effectiveTime', valuePeriod: effective }]),
    ],
  });
  const leftEngland = {
    kind: 'left-england',
    sentence: 'This patient is no longer registered in England. CP-IS covers England only.',
  };

  test.each([
    ['SCT', undefined, [leftEngland]],
    ['NIT', { start: '2020-01-01T00:00:00+00:00' }, [leftEngland]],
    ['EMB', { end: '2026-11-23' }, [leftEngland]],
    ['SCT', { start: '2020-01-01', end: '2021-12-31T00:00:00+00:00' }, []],
    ['CGA', undefined, []],
  ])('H1: removed from registration as %s, effective %j', async (code, effective, notes) => {
    expect((await traced({ extension: [removed(code, effective)] })).notes).toEqual(notes);
  });

  test('H1: a removal from registration that cannot be read is not taken for none', async () => {
    expect(await noteKinds({ extension: [{ ...removed('SCT'), url: `${removed('SCT').url}/` }] })).toEqual([
      'left-england',
    ]);
    const { url } = removed('SCT');
    for (const extension of [[], 'SCT', [{ url: 'removalFromRegistrationCode', valueString: 'SCT' }]]) {
      expect((await traced({ extension: [{ url, extension }] })).notes).toEqual([
        {
          kind: 'registration-unclear',
          sentence:
            'We could not read if this patient is still registered in England. CP-IS covers England only.',
        },
      ]);
    }
  });

  test('H1, H3: an extension that cannot be told from a death or a removal is not taken for neither', async () => {
    const { url: _, ...withoutUrl } = notified('1');
    for (const extension of ['formal', [7], [{}], [withoutUrl], [{ ...notified('1'), url: {} }]]) {
      expect(await noteKinds({ extension })).toEqual(['death-unclear', 'registration-unclear']);
    }
    expect((await traced({ extension: [{ url: 'https://example.test/another' }] })).notes).toEqual([]);
  });

  test('H13: a restricted record does not say that its patient has left England', async () => {
    const restricted = { meta: { security: [{ code: 'R' }] }, extension: [removed('SCT')] };
    expect(await noteKinds(restricted)).toEqual(['restricted']);
  });

  test('H1, H13: a record that may be restricted says that CP-IS covers England only, wherever its patient lives', async () => {
    const notesWith = async (extension: unknown) => (await traced({ meta: {}, extension })).notes;
    const notes = await notesWith(undefined);
    expect(notes.at(-1)?.sentence).toBe(
      'This record may be restricted, so we do not say if this patient is still registered in England. CP-IS covers England only.',
    );
    const { url } = removed('SCT');
    for (const extension of [[removed('SCT')], [removed('CGA')], [{ url, extension: 'SCT' }]]) {
      expect(await notesWith(extension), JSON.stringify(extension)).toEqual(notes);
    }
  });

  test.each([
    [{ birthDate: '2026-05-24' }, ['young-baby']],
    [{ birthDate: '2026-05-23' }, []],
    [{ birthDate: '2026-11-24' }, []],
    [{ birthDate: '2008-11-23' }, ['adult']],
    [{ birthDate: '2008-11-24' }, []],
    [{ birthDate: '1990' }, ['adult']],
    [{ birthDate: '2026' }, ['young-baby']],
    [{ birthDate: '2026-05' }, ['young-baby']],
    [{ birthDate: '2026-04' }, []],
    [{ birthDate: '2025' }, []],
    [{ birthDate: '1990-01-01', gender: 'male' }, []],
    [{ birthDate: '1990-01-01', deceasedDateTime: '2025-08-14' }, ['deceased']],
  ])('H8: on which number an unborn child is: %j', async (further, kinds) => {
    expect(await noteKinds(further)).toEqual(kinds);
  });

  test('H8, H20: where today may be another day, the notes are those of both, and the name is in use on both', async () => {
    const onEither = async (further: Record<string, unknown>, doubted = '2027-11-23T12:00:00Z') => {
      service.answerWith(() => ({ body: patient(firstChild, further) }));
      const client = service.createClient(new Date(doubted));
      const outcome = await client.trace({ nhsNumber: firstChild }, signal);
      return outcome.kind === 'traced' ? outcome.patient.notes.map(({ kind }) => kind) : outcome;
    };
    expect(await onEither({ birthDate: '2026-05-24' })).toEqual(['young-baby', 'clock-doubted']);
    const onNewYearsDay = await onEither({ birthDate: '2025-11-23' }, '2026-01-01T12:00:00Z');
    expect(onNewYearsDay).toEqual(['young-baby', 'clock-doubted']);
    expect(await onEither({ birthDate: '2009-06-01' })).toEqual(['adult', 'clock-doubted']);
    const name = [{ use: 'usual', family: 'A', given: ['X'], period: { end: '2027-01-01' } }];
    expect(await onEither({ name })).toEqual(['name-unclear', 'clock-doubted']);
    const leftUntil = { extension: [removed('SCT', { end: '2027-01-01' })] };
    expect(await onEither(leftUntil)).toEqual(['left-england', 'clock-doubted']);
  });

  const past = { period: { start: '2010-01-01', end: '2012-01-01' } };
  const named = (use: unknown, family: string, further: object = {}) => ({
    use,
    family,
    given: ['X'],
    ...further,
  });
  const since = (start: string) => ({ period: { start } });
  const fullName = { family: 'o’test-żółć', given: ['Robin', 'Sam'], prefix: ['Dr'] };
  test.each<[string, unknown, string]>([
    ['usual before official', [named('official', 'B'), named('usual', 'A', { given: ['X'] })], 'A, X'],
    ['official before a lapsed usual name', [named('usual', 'B', past), named('official', 'A')], 'A, X'],
    ['a lapsed usual name before a nickname', [named('nickname', 'B'), named('usual', 'A', past)], 'A, X'],
    ['any name before a former one', [named('old', 'B'), named('maiden', 'C'), named('temp', 'A')], 'A, X'],
    ['the later of two', [named('usual', 'B', since('2011')), named('usual', 'A', since('2012'))], 'A, X'],
    ['a former name rather than none', [named('old', 'A')], 'A, X'],
    ['several given names', [fullName], 'O’TEST-ŻÓŁĆ, Robin Sam (Dr)'],
    ['no family name', [{ given: ['Robin'] }], 'Not known, Robin'],
    ['text alone', [{ text: 'Robin of Test' }], 'Robin of Test'],
    ['given as one text', [{ family: 'A', given: 'Robin' }], 'A, Robin'],
    ['rubbish', 'A', 'Not known'],
    ['one that says something', [{ use: 'usual' }, named('official', 'A')], 'A, X'],
    [
      'one in use before one whose dates cannot be read',
      [named('usual', 'B', { period: { end: 'soon' } }), named('official', 'A')],
      'A, X',
    ],
    [
      'one whose dates cannot be read before one that has ended',
      [named('usual', 'B', past), named('official', 'A', { period: 'long' })],
      'A, X',
    ],
  ])('name: %s', async (_name, name, shown) => {
    expect((await traced({ name })).banner.name).toBe(shown);
  });

  const none = 'The Personal Demographics Service has no name for this patient that is in use now.';
  const mayBeInUse = 'We could not read if the name shown is in use now.';
  const another =
    'The Personal Demographics Service has another name for this patient. We could not read if that one is in use now.';
  const unread =
    'The Personal Demographics Service has another name for this patient that may be in use now. We could not read that one.';
  const damaged = named('usual', 'B', { family: {}, given: [{}] });
  const unreadablePeriods: readonly unknown[] = [
    'since 2020',
    { end: 'soon' },
    { end: {} },
    { end: '2026' },
    { start: ['2020-01-01'] },
    { start: '2020-01-01', _end: masked },
    masked,
    {},
    { start: '2026-01-01', end: '2020-01-01' },
  ];
  test.each<[unknown, string]>([
    ...unreadablePeriods.map((period): [unknown, string] => [[named('usual', 'A', { period })], mayBeInUse]),
    [[named({ code: 'old' }, 'A')], mayBeInUse],
    [[named('OLD', 'A')], mayBeInUse],
    [[named('usual', 'A', past)], `${none} The name shown is a previous one.`],
    [[named('maiden', 'A')], `${none} The name shown is a previous one.`],
    [[named('usual', 'A', { period: { start: '2027-01-01' } })], `${none} The name shown is not in use yet.`],
    [[named('usual', 'A'), named('usual', 'B', { period: 'x' })], another],
    [[named('official', 'A'), named('usual', 'B', { period: { end: {} } })], another],
    [[named('usual', 'A'), { _use: masked, family: 'B' }], another],
    [[named('usual', 'A', past), named('other', 'B')], `${another} The name shown is a previous one.`],
    [[damaged, named('official', 'A')], unread],
    [[damaged, named('nickname', 'A')], `${unread} The name shown is a nickname.`],
    [[{ ...damaged, ...past }, named('temp', 'A')], 'The name shown is a temporary one.'],
    [[named('anonymous', 'A')], 'The name shown is an alias.'],
    ...['damaged', {}, [], { use: 'usual' }, { use: {}, text: {} }, { use: 'official', _family: masked }].map(
      (name): [unknown, string] => [[named('official', 'A'), name], unread],
    ),
    [[named('usual', 'A', { period: null })], 'We could not read if the name shown is in use now.'],
    [[{ ...damaged, period: 'x' }, named('official', 'A')], unread],
    [[damaged, named('official', 'A'), named('usual', 'C', { period: 'x' })], unread],
    [[damaged, named('old', 'A')], `${unread} The name shown is a previous one.`],
    [['damaged', named('usual', 'A', past)], `${unread} The name shown is a previous one.`],
    [
      [named('usual', 'A', { period: { start: '2027-01-01' } }), damaged],
      `${unread} The name shown is not in use yet.`,
    ],
    [[damaged, named('old', 'A', { period: 'x' })], `${unread} The name shown is a previous one.`],
    [[{ ...damaged, ...past }, named('old', 'A')], `${none} The name shown is a previous one.`],
  ])('H3: a name that is not surely the one in use is shown with a note: %j', async (name, sentence) => {
    const { banner, notes } = await traced({ name });
    expect(banner.name).toBe('A, X');
    expect(notes).toEqual([
      { kind: 'name-unclear', sentence: `${sentence} Take extra care that this is the right patient.` },
    ]);
  });

  test.each<[unknown]>([
    [[named('usual', 'A', { period: { start: '2020-01-01' } })]],
    [[named('usual', 'A', { period: { end: '2026-11-23' } })]],
    [[named('usual', 'A'), named('usual', 'a', { period: 'x' })]],
    [[named('usual', 'A'), named('old', 'B', { period: 'x' })]],
    [[named('usual', 'A'), named('nickname', 'B', { period: 'x' })]],
    [[named('usual', 'A'), named('usual', 'B', past)]],
    ...['old', 'maiden', 'nickname', 'temp', 'anonymous'].map((use): [unknown] => [
      [named('usual', 'A'), { ...damaged, use }],
    ]),
    [[named('usual', 'A'), { ...damaged, ...past }]],
    [[named('usual', 'A'), { ...damaged, period: { start: '2027-01-01' } }]],
    [[named('usual', 'A', { prefix: {} })]],
    [{ text: 'A, X' }],
  ])('a name in use has no note: %j', async (name) => {
    expect(await traced({ name })).toMatchObject({ banner: { name: 'A, X' }, notes: [] });
  });

  test.each([
    ['male', 'Male'],
    ['other', 'Other'],
    ['unknown', 'Not known'],
    ['another word', 'another word'],
  ])('gender: %s', async (gender, shown) => {
    const { banner, notes } = await traced({ gender });
    expect(banner.gender).toBe(shown);
    const missing = "The Personal Demographics Service does not give this patient's gender.";
    expect(notes).toEqual(
      shown === 'Not known' ? [{ kind: 'incomplete', sentence: expect.stringContaining(missing) }] : [],
    );
  });

  const withoutId = withoutGaps(patient(firstChild, { id: undefined }));
  test.each<[string, number, unknown, string, string]>([
    ['unknown', 404, operationOutcome('RESOURCE_NOT_FOUND'), 'not-found', 'patient-not-found'],
    ['withdrawn', 404, operationOutcome('INVALIDATED_RESOURCE'), 'not-found', 'patient-not-found'],
    ['no such address', 404, '', 'could-not-trace', 'answer-not-understood'],
    ['invalid', 400, operationOutcome('INVALID_RESOURCE_ID'), 'could-not-trace', 'nhs-number-invalid'],
    ['too slow', 408, operationOutcome('X'), 'could-not-trace', 'timed-out'],
    ['busy', 429, operationOutcome('TOO_MANY_REQUESTS'), 'could-not-trace', 'busy'],
    ['denied', 403, operationOutcome('ACCESS_DENIED'), 'could-not-trace', 'denied'],
    ['no patient', 200, { resourceType: 'Bundle' }, 'could-not-trace', 'answer-not-understood'],
    [
      'an invalid number',
      200,
      patient(firstChild, { id: '9990000017' }),
      'could-not-trace',
      'answer-not-understood',
    ],
    ['no number', 200, withoutId, 'could-not-trace', 'answer-not-understood'],
  ])('%s', async (_name, status, body, kind, fault) => {
    expect(await traceOf(body, status)).toMatchObject({ kind, fault: { kind: fault } });
  });

  test('a withdrawn number has a sentence of its own', async () => {
    expect(await traceOf(operationOutcome('INVALIDATED_RESOURCE', supportReference), 404)).toMatchObject({
      fault: {
        happened: 'This NHS number has been withdrawn: it no longer belongs to a patient.',
        action: 'CP-IS has not been checked. Search by name and date of birth instead.',
        reference: supportReference,
      },
    });
  });

  test('a read is retried', async () => {
    const body = patient(firstChild);
    const replies: ReturnType<Answer>[] = ['hang-up', { status: 503, body: '' }, { body }];
    service.answerWith(() => replies.shift() ?? 'hang-up');
    const outcome = await service.createClient().trace({ nhsNumber: firstChild }, signal);
    expect(outcome.kind).toBe('traced');
    expect(service.received).toHaveLength(3);
  });
});

const dataAbsentReason = 'http://hl7.org/fhir/StructureDefinition/data-absent-reason';
const supportReference = '57073625-1428-49e7-9ac5-abf1910cc58b';
