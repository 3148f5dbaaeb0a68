/** A search by name over real HTTP: what is sent, which matches are shown, and which record may be opened from them. */
import { describe, expect, test } from 'vitest';
import type { FaultKind } from '../../../shared/fault.ts';
import { pdsServiceForTests } from '../testing/pds-service.ts';
import {
  firstChild,
  operationOutcome,
  patient,
  searchset,
  secondChild,
  withoutGaps,
} from '../testing/synthetic.ts';
import type { Demographics } from './search-comparison.ts';

const service = pdsServiceForTests();
const signal = new AbortController().signal;
const supportReference = '57073625-1428-49e7-9ac5-abf1910cc58b';

const searched: Demographics = {
  familyName: 'Example',
  givenNames: ['Robin'],
  born: { earliest: '2015-08-14', latest: '2015-08-14' },
  scope: 'current',
};
const previous: Demographics = { ...searched, scope: 'previous' };
const similar: Demographics = { ...searched, scope: 'similar' };

function search(body: unknown, demographics = searched) {
  service.answerWith(() => ({ body }));
  return service.createClient().search(demographics, signal);
}

const couldNotSearch = (kind: FaultKind, further: object = {}) => ({
  kind: 'could-not-search',
  fault: { kind, ...further },
});

const samExample = { name: [{ family: 'Example', given: ['Sam'] }] };

/** As PDS writes it: with scores, and without modes. */
const found = (...patients: readonly Record<string, unknown>[]) => ({
  ...searchset([]),
  total: patients.length,
  entry: patients.map((resource, index) => ({ resource, search: { score: 1 - index / 10 } })),
});

const numbersIn = (outcome: Awaited<ReturnType<typeof search>>) =>
  outcome.kind === 'matches' ? outcome.matches.map(({ nhsNumber }) => nhsNumber) : outcome.kind;

describe('what is sent', () => {
  const sent = async (demographics: Demographics) => {
    await search(found(patient(firstChild)), demographics);
    return service.received.at(-1)?.url.search;
  };

  test('H3: each given name is a parameter of its own, and gender is not sent', async () => {
    expect(await sent({ ...searched, givenNames: ['Robin', 'Sam'] })).toBe(
      '?family=Example&given=Robin&given=Sam&birthdate=eq2015-08-14&_max-results=50',
    );
    expect(await sent({ ...searched, familyName: 'De La Cruz', givenNames: [] })).toBe(
      '?family=De%20La%20Cruz&birthdate=eq2015-08-14&_max-results=50',
    );
  });

  test('a range of dates, with both days in it', async () => {
    const born = { earliest: '2015-08-01', latest: '2015-08-31' };
    expect(await sent({ ...searched, givenNames: [], born })).toBe(
      '?family=Example&birthdate=ge2015-08-01&birthdate=le2015-08-31&_max-results=50',
    );
  });

  test('one request, with the history or as a fuzzy search only where the user asked for that', async () => {
    const details = '?family=Example&given=Robin&birthdate=eq2015-08-14';
    expect(await sent(previous)).toBe(`${details}&_history=true&_max-results=50`);
    expect(await sent(similar)).toBe(`${details}&_fuzzy-match=true&_max-results=50`);
    expect(service.received).toHaveLength(2);
  });
});

describe('the matches', () => {
  test('H3: no patient is left out for the gender that PDS holds', async () => {
    for (const gender of ['male', 'female', 'other', 'unknown', undefined]) {
      expect(await search(found(patient(firstChild, { gender })))).toMatchObject({ kind: 'matches' });
    }
  });

  test('one, and several in the order of PDS', async () => {
    expect(await search(found(patient(firstChild)))).toEqual({
      kind: 'matches',
      matches: [
        {
          nhsNumber: firstChild,
          banner: expect.objectContaining({ name: 'EXAMPLE, Robin (Miss)' }),
          comparison: { foundBy: 'current', differences: [] },
        },
      ],
      notShown: 0,
      clockInDoubt: false,
    });
    for (const order of [
      [firstChild, secondChild],
      [secondChild, firstChild],
    ]) {
      expect(numbersIn(await search(found(...order.map((number) => patient(number)))))).toEqual(order);
    }
  });

  test('H20: while the clock is in doubt, the list says that its ages are', async () => {
    service.answerWith(() => ({ body: found(patient(firstChild)) }));
    const client = service.createClient(new Date('2027-11-23T12:00:00Z'));
    expect(await client.search(searched, new AbortController().signal)).toMatchObject({ clockInDoubt: true });
  });

  test('H3: a partial match is shown with what differs, and does not hide the whole one', async () => {
    const twin = patient(secondChild, samExample);
    expect(await search(found(patient(firstChild), twin))).toMatchObject({
      matches: [
        { nhsNumber: firstChild, comparison: { differences: [] } },
        { nhsNumber: secondChild, comparison: { differences: [{ detail: 'given-names' }] } },
      ],
      notShown: 0,
    });
  });

  test.each<[string, Record<string, unknown>]>([
    ['with an invalid number', { id: '9990000017', identifier: [] }],
    ['whose numbers disagree', { id: firstChild }],
    ['that is no patient', { resourceType: 'Person' }],
    ['with a rule of its own', { implicitRules: 'https://example.test/rules' }],
    ['born on another day', { birthDate: '2015-08-15' }],
    ['of other names', { name: [{ family: 'Other', given: ['Sam'] }] }],
    ['that says only its number', { name: [], birthDate: undefined }],
  ])('H3: a record %s is not shown, and is counted beside the others', async (_name, further) => {
    const outcome = await search(found(withoutGaps(patient(secondChild, further)), patient(firstChild)));
    expect(outcome).toMatchObject({ matches: [{ nhsNumber: firstChild }], notShown: 1 });
  });

  test.each<[string, string]>([
    ['as ten digits', firstChild],
    ['in groups', '999 000 0018'],
  ])(
    'H3: a record, its id %s, under the address of another patient is not shown, and is counted',
    async (_how, id) => {
      const at = (number: string) => `https://example.test/FHIR/R4/Patient/${number}`;
      const entry = [
        { fullUrl: at(secondChild), resource: patient(firstChild, { id }) },
        { fullUrl: at(secondChild), resource: patient(secondChild) },
      ];
      expect(await search({ ...found(), total: 2, entry })).toMatchObject({
        matches: [{ nhsNumber: secondChild }],
        notShown: 1,
      });
    },
  );

  test.each<[string, unknown]>([
    ['null', null],
    ['no resource', { search: { score: 1 } }],
    ['a mode that FHIR does not know', { resource: patient(secondChild), search: { mode: 'hint' } }],
    ['an include', { resource: patient(secondChild), search: { mode: 'include' } }],
  ])('H3: an entry that is %s is counted beside the others', async (_name, entry) => {
    const body = found(patient(firstChild));
    expect(await search({ ...body, total: 2, entry: [...body.entry, entry] })).toMatchObject({
      matches: [{ nhsNumber: firstChild }],
      notShown: 1,
    });
  });

  test('H3: two records with one NHS number are not shown', async () => {
    const twice = [patient(firstChild), patient(firstChild, samExample)];
    expect(await search(found(...twice, patient(secondChild)))).toMatchObject({
      matches: [{ nhsNumber: secondChild }],
      notShown: 2,
    });
  });

  test('H3: where no record can be shown, it is not said that nobody was found, but how many there are', async () => {
    const unexpected = patient(firstChild, { birthDate: '1950-01-01' });
    const words = {
      happened: expect.stringContaining('found 1 patient, but we cannot show the record'),
      action: expect.stringContaining('by NHS number'),
    };
    expect(await search(found(unexpected))).toMatchObject({ kind: 'none-shown', fault: words });
  });

  test('H3: one whose name in use cannot be read is shown by the search for previous names', async () => {
    const former = { use: 'old', family: 'Former', given: ['Yarrow'] };
    const unread = patient(firstChild, { name: [{ use: 'usual', family: {}, given: [{}] }, former] });
    expect(await search(found(unread))).toMatchObject({ kind: 'none-shown' });
    expect(await search(found(unread), previous)).toMatchObject({ matches: [{ nhsNumber: firstChild }] });
  });

  const suppressed = {
    resourceType: 'OperationOutcome',
    issue: [{ severity: 'warning', code: 'suppressed' }],
  };
  test.each<[string, unknown]>([
    ['a total that promises more', { ...found(patient(firstChild)), total: 2 }],
    ['no total', withoutGaps({ ...found(patient(firstChild)), total: undefined })],
    ['entries that are no list', { ...found(patient(firstChild)), entry: {} }],
    ['a label of an omission', { ...found(patient(firstChild)), meta: { tag: [{ code: 'SUBSETTED' }] } }],
    ['an error inside', found(patient(firstChild), operationOutcome('X'))],
    ['a warning that something was left out', { ...found(patient(firstChild), suppressed), total: 1 }],
    ['no searchset', {}],
  ])('H3: %s is not taken for a list of all matches', async (_name, body) => {
    expect(await search(body)).toMatchObject(couldNotSearch('answer-not-understood'));
  });

  test('a previous name finds a patient under the names of today', async () => {
    const renamed = patient(firstChild, { name: [{ family: 'Newname', given: ['Alex'] }] });
    expect(await search(found(renamed), previous)).toMatchObject({
      matches: [
        {
          comparison: {
            foundBy: 'previous',
            differences: [
              { detail: 'family-name', searched: { short: 'EXAMPLE' }, recorded: { short: 'NEWNAME' } },
              { detail: 'given-names', searched: { short: 'Robin' }, recorded: { short: 'Alex' } },
            ],
          },
        },
      ],
    });
  });
});

describe('none, too many, refused', () => {
  test('none says what was searched', async () => {
    expect(await search(found())).toMatchObject({ kind: 'none', fault: { kind: 'patient-not-found' } });
    for (const [demographics, words] of [
      [previous, 'under a previous name'],
      [similar, 'or with similar ones'],
    ] as const) {
      expect(await search(searchset([]), demographics)).toMatchObject({
        kind: 'none',
        fault: { happened: expect.stringContaining(words) },
      });
    }
  });

  test('where several given names find no patient, the first alone is the next thing to try', async () => {
    const none = await search(found(), { ...searched, givenNames: ['Robin', 'Sam'] });
    expect(none.kind === 'none' && none.fault.action).toContain('the first given name only');
    const single = await search(found());
    expect(single.kind === 'none' && single.fault.action).not.toContain('given name');
  });

  test('too many', async () => {
    expect(await search(operationOutcome('TOO_MANY_MATCHES'))).toEqual({ kind: 'too-many' });
  });

  test('H21: details that PDS refuses are the names, never an NHS number', async () => {
    const body = operationOutcome('INVALID_SEARCH_DATA', supportReference);
    service.answerWith(() => ({ status: 400, body }));
    const outcome = await service.createClient().search(searched, signal);
    expect(outcome).toMatchObject(couldNotSearch('search-refused', { reference: supportReference }));
  });
});

describe('H3: the record that opens is the one that was chosen from the list', () => {
  const listed = { name: 'EXAMPLE, Robin (Miss)', born: '14-Aug-2015 (11y)' };

  function choose(further: Record<string, unknown>, search = searched) {
    service.answerWith(() => ({ body: withoutGaps(patient(firstChild, further)) }));
    return service.createClient().trace({ nhsNumber: firstChild, chosen: { search, ...listed } }, signal);
  }

  test('and comes with what differs from the search', async () => {
    expect(await choose({})).toMatchObject({
      kind: 'traced',
      patient: { comparison: { foundBy: 'current', differences: [] } },
    });
    const otherName = { ...previous, familyName: 'Former' };
    const former = { use: 'old', family: 'Former', given: ['Robin'] };
    const name = [patient(firstChild)['name'], former].flat();
    expect(await choose({ name }, otherName)).toMatchObject({
      patient: {
        comparison: {
          foundBy: 'previous',
          differences: [{ recorded: { short: 'EXAMPLE (previous name: FORMER)' } }],
        },
      },
    });
  });

  test.each<[string, Record<string, unknown>, Demographics?]>([
    ['of another name', { name: [{ use: 'usual', family: 'Example', given: ['Sam'] }] }],
    ['born on another day', { birthDate: '2015-08-13' }, similar],
    ['under another number', { id: secondChild, identifier: [], ...samExample }],
    [
      'that does not belong to the search',
      {},
      { ...searched, born: { earliest: '2014-01-01', latest: '2014-12-31' } },
    ],
  ])('%s: it is not opened', async (_name, further, demographics = searched) => {
    expect(await choose(further, demographics)).toMatchObject({
      kind: 'could-not-trace',
      fault: { kind: 'wrong-patient', happened: expect.stringContaining('not the one that you chose') },
    });
  });
});
