/**
 * The synthetic patients. NHS numbers are of the range 999 000 0000 to 999 999 9999, which is never issued; every
 * name says that it is invented; phones are of the ranges that Ofcom keeps for drama (01632 960xxx, 020 7946 0xxx,
 * 07700 900xxx). Dates are relative to today.
 */
import { type NhsNumber, parseNhsNumber } from '../shared/clinical/nhs-number.ts';
import type { Calendar } from './calendar.ts';
import { searchPatientSpecs } from './search-patients.ts';

export interface SimulatedPlan {
  /** SNOMED CT. */
  readonly code: string;
  readonly display: string;
  readonly localAuthority: string;
  /** The ODS code that the Patient Flags API puts before the name. */
  readonly organisationCode: string;
  readonly start?: string;
  readonly end?: string;
  /** Office hours. */
  readonly work?: string;
  /** The emergency duty team. */
  readonly mobile?: string;
  readonly otherTelecom?: readonly { readonly use?: string; readonly value: string }[];
}

export interface SimulatedAccess {
  /** FHIR instant. */
  readonly recorded: string;
  /** Texts as CP-IS sends them, with trailing spaces and gaps. */
  readonly name?: string;
  readonly role?: string;
  readonly organisation?: string;
}

export interface SimulatedName {
  /** FHIR R4 NameUse. */
  readonly use: 'nickname' | 'temp' | 'old' | 'maiden';
  readonly family: string;
  readonly given: readonly string[];
}

export interface SimulatedPatient {
  readonly key: string;
  readonly description: string;
  readonly nhsNumber: NhsNumber;
  readonly family: string;
  readonly given: readonly string[];
  readonly prefix?: string;
  /** Names in use beside the usual one; a search returns them, and searches by them. */
  readonly otherNames?: readonly SimulatedName[];
  /** Names of the past: only a search of the history finds by them, and no search returns them. */
  readonly previousNames?: readonly SimulatedName[];
  readonly birthDate?: string;
  readonly gender?: 'female' | 'male' | 'other' | 'unknown';
  readonly deceasedDateTime?: string;
  /** Reported, or registered. */
  readonly deathNotification?: 'informal' | 'formal';
  /** No longer registered in England: the code of PDS. */
  readonly removal?: 'SCT' | 'NIT' | 'EMB';
  readonly pds:
    | { readonly kind: 'unrestricted' }
    | { readonly kind: 'restricted' }
    | { readonly kind: 'superseded'; readonly by: string }
    /** Marked as invalid: PDS answers 404. */
    | { readonly kind: 'withdrawn' };
  readonly plans: readonly SimulatedPlan[];
  /** Newest first. */
  readonly accesses: readonly SimulatedAccess[];
  /** CP-IS answers ACCESS_DENIED to every user. */
  readonly cpisDenied: boolean;
  /** Patient Flags also holds a reasonable adjustment flag, which does not concern CP-IS. */
  readonly reasonableAdjustment: boolean;
}

const protection = { code: '342191000000101', display: 'Subject to child protection plan' };
const lookedAfter = { code: '764841000000100', display: 'Looked after child' };
const unborn = { code: '818901000000100', display: 'Unborn child subject to child protection plan' };

const borough = {
  localAuthority: 'Synthetic Borough Council',
  organisationCode: 'Z9L1',
  work: '02079460101',
  mobile: '02079460102',
};
const county = {
  localAuthority: 'Testshire County Council',
  organisationCode: 'Z9L2',
  work: '01632960201',
  mobile: '01632960202',
};
const city = {
  localAuthority: 'Fictionham City Council',
  organisationCode: 'Z9L3',
  work: '01632960301',
  mobile: '07700900302',
};

const nurseRole = 'Nurse Access Role ';
const doctorRole = 'Clinical Practitioner Access Role ';
const hospital = 'SYNTHETIC GENERAL HOSPITAL (Z9A01)';
const walkIn = 'SYNTHETIC WALK-IN CENTRE (Z9A02)';

/** The family name is TESTCHILD where none is given. */
export type PatientSpec = Partial<Omit<SimulatedPatient, 'key' | 'nhsNumber' | 'description'>> &
  Pick<SimulatedPatient, 'key' | 'description'> & { readonly number: string };

function patientSpecs({ date, minutesAgo }: Calendar): readonly PatientSpec[] {
  const days = (count: number) => count * 24 * 60;
  return [
    {
      key: 'child-protection',
      description: 'Child protection plan, current, ends in seven months; three accesses',
      number: '9990000018',
      given: ['Amber', 'Mock'],
      prefix: 'Miss',
      birthDate: date({ years: -11, months: -3 }),
      gender: 'female',
      plans: [{ ...protection, ...borough, start: date({ months: -5 }), end: date({ months: 7 }) }],
      accesses: [
        { recorded: minutesAgo(90), name: 'Dana Invented ', role: nurseRole, organisation: hospital },
        { recorded: minutesAgo(days(12)), name: 'Dr Ravi Invented ', role: doctorRole, organisation: walkIn },
        { recorded: minutesAgo(days(200)), name: 'Kim Invented', role: nurseRole, organisation: hospital },
      ],
    },
    {
      key: 'looked-after',
      description: 'Looked after child, no end date; two accesses',
      number: '9990000026',
      given: ['Basil'],
      birthDate: date({ years: -7, days: -40 }),
      gender: 'male',
      plans: [{ ...lookedAfter, ...county, start: date({ years: -2 }) }],
      accesses: [
        { recorded: minutesAgo(days(3)), name: 'Dana Invented ', role: nurseRole, organisation: hospital },
        { recorded: minutesAgo(days(90)), name: 'Kim Invented', role: nurseRole, organisation: hospital },
      ],
    },
    {
      key: 'unborn',
      description: 'Mother whose unborn child has a plan',
      number: '9990000034',
      family: 'TESTMOTHER',
      given: ['Coral'],
      prefix: 'Ms',
      birthDate: date({ years: -29, months: -6 }),
      gender: 'female',
      plans: [{ ...unborn, ...city, start: date({ months: -2 }), end: date({ months: 3 }) }],
      accesses: [
        {
          recorded: minutesAgo(days(20)),
          name: 'Mo Invented ',
          role: 'Midwife Access Role ',
          organisation: hospital,
        },
      ],
    },
    {
      key: 'several-plans',
      description: 'Four plans of three authorities: two current, one ended, one not yet begun',
      number: '9990000042',
      given: ['Dorian', 'Placeholder', 'Sample'],
      prefix: 'Master',
      birthDate: date({ years: -14, months: -1 }),
      gender: 'male',
      plans: [
        { ...protection, ...city, start: date({ years: -3 }), end: date({ months: -4 }) },
        { ...protection, ...borough, start: date({ months: -3 }) },
        { ...lookedAfter, ...county, start: date({ months: -8 }), end: date({ months: 4 }) },
        { ...lookedAfter, ...city, start: date({ months: 1 }) },
      ],
      accesses: [
        { recorded: minutesAgo(days(1)), name: 'Dana Invented ', role: nurseRole, organisation: hospital },
      ],
      reasonableAdjustment: true,
    },
    {
      key: 'ended',
      description: 'One plan, ended two months ago',
      number: '9990000050',
      given: ['Ember'],
      birthDate: date({ years: -9 }),
      gender: 'female',
      plans: [
        { ...protection, ...county, start: date({ years: -1, months: -2 }), end: date({ months: -2 }) },
      ],
      accesses: [],
    },
    {
      key: 'ends-today',
      description: 'One plan whose last day is today',
      number: '9990000069',
      given: ['Fern'],
      birthDate: date({ years: -4, months: -7 }),
      gender: 'female',
      plans: [{ ...protection, ...borough, start: date({ years: -1 }), end: date({}) }],
    },
    {
      key: 'no-record',
      description: 'Traced by PDS, no CP-IS record',
      number: '9990000077',
      given: ['Griff'],
      birthDate: date({ years: -6, months: -2 }),
      gender: 'male',
    },
    {
      key: 'long-history',
      description: 'Child protection plan, 25 accesses (all that CP-IS keeps)',
      number: '9990000085',
      given: ['Hazel'],
      birthDate: date({ years: -10 }),
      gender: 'female',
      plans: [{ ...protection, ...county, start: date({ months: -10 }) }],
      accesses: Array.from({ length: 25 }, (_, index) => ({
        recorded: minutesAgo(days(index * 5 + 1) + index * 37),
        name: `Clinician ${String(25 - index)} Invented `,
        role: index % 2 === 0 ? nurseRole : doctorRole,
        organisation: index % 3 === 0 ? walkIn : hospital,
      })),
    },
    {
      key: 'device-author',
      description: 'Accesses by a device (111) with texts in odd places, and one with gaps',
      number: '9990000093',
      given: ['Indigo'],
      birthDate: date({ years: -2, months: -4 }),
      gender: 'other',
      plans: [{ ...protection, ...city, start: date({ months: -6 }) }],
      accesses: [
        {
          recorded: minutesAgo(days(2)),
          name: 'SYNTHETIC 111 CALL SYSTEM ',
          role: 'Safeguarding lead Jo Invented 01632 960401 ',
          organisation: 'SYNTHETIC 111, MOCKTOWN CALL CENTRE',
        },
        { recorded: minutesAgo(days(30)), organisation: 'SYNTHETIC 111, MOCKTOWN CALL CENTRE' },
      ],
    },
    {
      key: 'restricted',
      description: 'Restricted on PDS (address, telecom and GP withheld), looked after',
      number: '9990000107',
      given: ['Juniper'],
      birthDate: date({ years: -8, months: -8 }),
      gender: 'female',
      pds: { kind: 'restricted' },
      plans: [{ ...lookedAfter, ...borough, start: date({ years: -1, months: -3 }) }],
    },
    {
      key: 'superseded',
      description: 'Number replaced: PDS answers with that of "replacement"',
      number: '9990000115',
      given: ['Kestrel'],
      birthDate: date({ years: -5, months: -5 }),
      gender: 'male',
      pds: { kind: 'superseded', by: 'replacement' },
    },
    {
      key: 'replacement',
      description: 'The number that replaces "superseded"; child protection plan',
      number: '9990000123',
      given: ['Kestrel'],
      birthDate: date({ years: -5, months: -5 }),
      gender: 'male',
      plans: [{ ...protection, ...county, start: date({ months: -1 }) }],
    },
    {
      key: 'deceased',
      description: 'Died a year ago, registered; ended plan',
      number: '9990000131',
      given: ['Linden'],
      birthDate: date({ years: -12 }),
      gender: 'male',
      deceasedDateTime: `${date({ years: -1 })}T00:00:00+00:00`,
      deathNotification: 'formal',
      plans: [{ ...protection, ...city, start: date({ years: -2 }), end: date({ years: -1 }) }],
    },
    {
      key: 'minimal',
      description: 'PDS knows no date of birth and no gender; child protection plan',
      number: '9990000158',
      given: ['Maple'],
      plans: [{ ...protection, ...borough, start: date({ months: -2 }) }],
    },
    {
      key: 'withdrawn',
      description: 'Number withdrawn: PDS answers 404 INVALIDATED_RESOURCE',
      number: '9990000166',
      given: ['Nettle'],
      birthDate: date({ years: -3 }),
      gender: 'female',
      pds: { kind: 'withdrawn' },
    },
    {
      key: 'unknown-code',
      description: 'A plan of a code that is not known',
      number: '9990000174',
      given: ['Olive'],
      birthDate: date({ years: -13 }),
      gender: 'female',
      plans: [
        {
          ...city,
          code: '999999991000000108',
          display: 'Synthetic plan of a kind not known here',
          start: date({ months: -4 }),
        },
      ],
    },
    {
      key: 'missing-phones',
      description: 'Child protection plan without any phone',
      number: '9990000182',
      given: ['Pearl'],
      birthDate: date({ years: -1, months: -3 }),
      gender: 'female',
      plans: [
        {
          ...protection,
          localAuthority: 'Synthetic Borough Council',
          organisationCode: 'Z9L1',
          start: date({ months: -3 }),
        },
      ],
    },
    {
      key: 'odd-phones',
      description: 'Phones that fit no pattern, and one for another purpose',
      number: '9990000190',
      given: ['Quill'],
      birthDate: date({ years: -15 }),
      gender: 'unknown',
      plans: [
        {
          ...lookedAfter,
          ...county,
          start: date({ months: -9 }),
          work: '0163296020',
          mobile: 'EDT: 01632 960202 ext 4 (after 17:00)',
          otherTelecom: [{ use: 'temp', value: '+441632960205' }, { value: '01632 960206' }],
        },
      ],
    },
    {
      key: 'not-started',
      description: 'A plan that begins in two weeks',
      number: '9990000204',
      given: ['Rowan'],
      birthDate: date({ years: -6 }),
      gender: 'male',
      plans: [{ ...lookedAfter, ...borough, start: date({ days: 14 }) }],
    },
    {
      key: 'cpis-denied',
      description: 'CP-IS denies every user access to this record',
      number: '9990000212',
      given: ['Sorrel'],
      birthDate: date({ years: -11 }),
      gender: 'male',
      plans: [{ ...lookedAfter, ...city, start: date({ months: -7 }) }],
      cpisDenied: true,
    },
    {
      key: 'twin-one',
      description: 'Found together with "twin-two" by family name and date of birth; no record',
      number: '9990000220',
      family: 'TESTTWIN',
      given: ['Teal'],
      birthDate: date({ years: -5 }),
      gender: 'female',
    },
    {
      key: 'twin-two',
      description: 'The other twin; child protection plan',
      number: '9990000239',
      family: 'TESTTWIN',
      given: ['Umber'],
      birthDate: date({ years: -5 }),
      gender: 'female',
      plans: [{ ...protection, ...county, start: date({ months: -6 }) }],
    },
    {
      key: 'baby',
      description: 'Three weeks old, long and accented names; child protection plan',
      number: '9990000247',
      family: "O'TÉST-CHILD-WITH-A-VERY-LONG-INVENTED-FAMILY-NAME",
      given: ['Violet-Anne', 'Żółć', 'Placeholder-Middle-Name'],
      birthDate: date({ days: -21 }),
      gender: 'female',
      plans: [{ ...protection, ...borough, start: date({ days: -20 }) }],
    },
    {
      key: 'baby-no-record',
      description: "Four weeks old, no record: a plan made before birth would be on the mother's number",
      number: '9990000360',
      family: 'TESTBABY',
      given: ['Yew'],
      birthDate: date({ days: -28 }),
      gender: 'male',
    },
    {
      key: 'death-reported',
      description: 'Reported to have died last week, not registered; no record',
      number: '9990000379',
      given: ['Zinnia'],
      birthDate: date({ years: -3, months: -2 }),
      gender: 'female',
      deceasedDateTime: `${date({ days: -7 })}T00:00:00+00:00`,
      deathNotification: 'informal',
    },
    {
      key: 'left-england',
      description: 'Moved to Scotland, no longer registered in England; no record',
      number: '9990000387',
      given: ['Aspen'],
      birthDate: date({ years: -7, months: -1 }),
      gender: 'male',
      removal: 'SCT',
    },
    {
      key: 'other-flags',
      description: 'No CP-IS record; Patient Flags holds a flag of another category',
      number: '9990000255',
      given: ['Wren'],
      birthDate: date({ years: -16 }),
      gender: 'female',
      reasonableAdjustment: true,
    },
  ];
}

/** In the order of the tables. Throws where a number is no NHS number. */
export function createPatients(calendar: Calendar): readonly SimulatedPatient[] {
  return [...patientSpecs(calendar), ...searchPatientSpecs(calendar)].map(({ number, ...spec }) => {
    const parsed = parseNhsNumber(number);
    if (parsed.kind === 'invalid') throw new Error(`The number of "${spec.key}" is not an NHS number`);
    return {
      family: 'TESTCHILD',
      given: [],
      pds: { kind: 'unrestricted' },
      plans: [],
      accesses: [],
      cpisDenied: false,
      reasonableAdjustment: false,
      ...spec,
      nhsNumber: parsed.nhsNumber,
    };
  });
}

/** A patient as `GET /simulator/patients` shows it. */
export type PatientSummary = ReturnType<typeof summarisePatient>;

/** `null` for what the patient has not. */
export function summarisePatient(patient: SimulatedPatient) {
  const { key, description, nhsNumber, family, given, birthDate = null, gender = null } = patient;
  return {
    key,
    description,
    nhsNumber,
    family,
    given,
    birthDate,
    gender,
    plans: patient.plans.map(({ localAuthority, start = null, end = null }) => ({
      localAuthority,
      start,
      end,
    })),
  };
}
