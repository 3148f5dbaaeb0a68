/** H3, H13: a search by name shows the patients whom it can have found, and says what differs. */
import type { Control } from './control.ts';

const comparison = 'electron/clinical/pds/search-comparison.ts';
const comparisonTest = 'electron/clinical/pds/search-comparison.test.ts';
const matches = 'electron/clinical/pds/read-matches.ts';
const searchTest = 'electron/clinical/pds/pds-search.test.ts';
const widerSearch = 'e2e/journeys/wider-search.spec.ts';

export const patientSearch: readonly Control[] = [
  {
    hazard: 'H3',
    control:
      'A search by current details shows no patient who was born on another day or has none of the names',
    file: comparison,
    find: "return names === 'unknown' ? isBorn : born !== 'other' && names !== 'none';",
    replace: 'return true;',
    testFile: comparisonTest,
    test: 'H3: who does not belong to the search is not shown',
  },
  {
    hazard: 'H3',
    control: 'A search by previous names shows no patient who was born on another day',
    file: comparison,
    find: "return isBorn || (born === 'unknown' && names === 'all');",
    replace: 'return true;',
    testFile: comparisonTest,
    test: 'H3: who does not belong to the search is not shown',
  },
  {
    hazard: 'H3',
    control: 'A search by similar details shows no patient with another date of birth and another name',
    file: comparison,
    find: "return isBorn || names === 'all';",
    replace: 'return true;',
    testFile: comparisonTest,
    test: 'H3: who does not belong to the search is not shown',
  },
  {
    hazard: 'H3',
    control: 'A date of birth that is not the searched one is a difference',
    file: comparison,
    find: "...(born === 'same' ? [] : [birthDifference(birthDate, searched.born)]),",
    replace: '',
    testFile: comparisonTest,
    test: 'H3: what differs is said',
  },
  {
    hazard: 'H3',
    control:
      'A name in the banner that is not the searched one is a difference, also where another name explains it',
    file: comparison,
    find: 'if (shown !== undefined && agrees(shown)) return [];',
    replace: 'if (names.some(agrees)) return [];',
    testFile: comparisonTest,
    test: 'H3: what differs is said',
  },
  {
    hazard: 'H3',
    control: 'A match that cannot be shown is counted, and does not hide the others',
    file: matches,
    find: 'const hidden = resources.length - shown.length + unreadable + includes;',
    replace: 'const hidden = 0;',
    testFile: searchTest,
    test: 'H3: a record',
  },
  {
    hazard: 'H3',
    control: 'Two records with one NHS number cannot be chosen from',
    file: matches,
    find: 'return patients.filter(({ nhsNumber }) => counts.get(nhsNumber) === 1);',
    replace: 'return patients;',
    testFile: searchTest,
    test: 'H3: two records with one NHS number are not shown',
  },
  {
    hazard: 'H3',
    control: 'A list that may lack a patient without saying so is not shown',
    file: matches,
    find: 'if (!defects.every(isOfOneEntry)) return undefined;',
    replace: '',
    testFile: searchTest,
    test: 'H3: an error inside is not taken for a list of all matches',
  },
  {
    hazard: 'H3',
    control: 'The record that opens is the one that was chosen from the list',
    file: 'electron/clinical/pds/pds-client.ts',
    find: '(comparison === undefined || !isAsListed(patient, chosen))',
    replace: 'comparison === undefined',
    testFile: searchTest,
    test: 'H3: the record that opens is the one that was chosen from the list',
  },
  {
    hazard: 'H3',
    control: 'Similar names are searched only after the current and the previous ones',
    file: 'renderer/features/find-patient/wider-search.tsx',
    find: 'return previous;',
    replace: 'return similar;',
    testFile: widerSearch,
    test: 'H3: each wider search is a press of its own, in its order, and nothing is sent by itself',
  },
  {
    hazard: 'H3',
    control: 'The list says how many matches it does not show',
    file: 'renderer/features/find-patient/search-result.tsx',
    find: 'if (count === 0) return null;',
    replace: 'if (count >= 0) return null;',
    testFile: widerSearch,
    test: 'H3: a match that cannot be shown is counted, and does not hide the others',
  },
  {
    hazard: 'H3',
    control: '"Confirm patient" shows what differs from the search',
    file: 'renderer/features/confirm-patient/differences.tsx',
    find: 'if (differences.length === 0)',
    replace: 'if (differences.length >= 0)',
    testFile: 'renderer/features/confirm-patient/confirm-patient.test.tsx',
    test: 'H3: what differs from the search is shown beside the record, to be checked with the patient',
  },
  {
    hazard: 'H3',
    control: 'CP-IS is not checked before the user has said that the differences are compared',
    file: 'renderer/features/confirm-patient/confirm-patient.tsx',
    find: 'if (careSetting === undefined || uncompared) return;',
    replace: 'if (careSetting === undefined) return;',
    testFile: widerSearch,
    test: 'H3: a patient found by a previous name',
  },
  {
    hazard: 'H13',
    control:
      'The NHS number that was replaced is named nowhere: after an adoption it would link two families',
    file: 'electron/clinical/pds/pds-client.ts',
    find: 'formatNhsNumber(current)',
    replace: 'formatNhsNumber(requested)',
    testFile: 'electron/clinical/pds/pds-client.test.ts',
    test: 'H13: the number that was replaced is named nowhere',
  },
  {
    hazard: 'H13',
    control: 'A wildcard brings no previous name to light',
    file: comparison,
    find: "if (other === undefined || searched.some((name) => name.includes('*'))) return recorded;",
    replace: 'if (other === undefined) return recorded;',
    testFile: comparisonTest,
    test: 'H13: a wildcard does not bring a previous name to light',
  },
];
