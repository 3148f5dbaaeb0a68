import type { Calendar } from './calendar.ts';
import type { PatientSpec } from './patients.ts';

/** The synthetic patients whom a search by name finds in an unusual way, or nearly. */
export function searchPatientSpecs({ date }: Calendar): readonly PatientSpec[] {
  const plan = {
    code: '342191000000101',
    display: 'Subject to child protection plan',
    localAuthority: 'Testshire County Council',
    organisationCode: 'Z9L2',
    start: date({ months: -2 }),
    work: '01632960201',
    mobile: '01632960202',
  };
  return [
    {
      key: 'renamed',
      description: 'Was TESTFORMER, Yarrow: found by the previous name; child protection plan',
      number: '9990000301',
      family: 'TESTRENAMED',
      given: ['Yarrow'],
      birthDate: date({ years: -7, months: -3 }),
      gender: 'female',
      previousNames: [{ use: 'old', family: 'TESTFORMER', given: ['Yarrow'] }],
      plans: [plan],
    },
    {
      key: 'sounds-alike',
      description: 'Sounds like MOCKSMITH, Zena: found by similar names; child protection plan',
      number: '9990000328',
      family: 'MOCKSMYTHE',
      given: ['Xena'],
      otherNames: [{ use: 'nickname', family: 'MOCKSMYTHE', given: ['Zeena'] }],
      birthDate: date({ years: -6, months: -9 }),
      gender: 'female',
      plans: [plan],
    },
    {
      key: 'nickname',
      description: 'Bobbin is a nickname of Robin: an ordinary search finds by it; no record',
      number: '9990000336',
      family: 'MOCKFIELD',
      given: ['Robin'],
      otherNames: [{ use: 'nickname', family: 'MOCKFIELD', given: ['Bobbin'] }],
      birthDate: date({ years: -8, months: -1 }),
      gender: 'male',
    },
    {
      key: 'apostrophe',
      description: "An apostrophe, a hyphen and diacritics in one name, O'MOCK-KOCIŃSKI; no record",
      number: '9990000344',
      family: "O'MOCK-KOCIŃSKI",
      given: ['Zoë'],
      birthDate: date({ years: -5, months: -2 }),
      gender: 'female',
    },
    {
      key: 'other-day',
      description: 'MOCKDALE, Alder: day and month of birth may be written the wrong way round; no record',
      number: '9990000352',
      family: 'MOCKDALE',
      given: ['Alder'],
      birthDate: `${String(Number(date({}).slice(0, 4)) - 4)}-03-09`,
      gender: 'male',
    },
  ];
}
