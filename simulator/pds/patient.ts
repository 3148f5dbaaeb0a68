/** A patient as PDS sends it. Addresses and GPs are synthetic too: the viewer must show neither (H13). */
import type { SimulatedPatient } from '../patients.ts';

/** Where every unrestricted patient lives and is registered. ZZ99 is the NHS's pseudo-postcode area: no such place. */
export const home = { postcode: 'ZZ99 3CZ', practice: 'Z9G99' } as const;

/** A search returns the names in use alone; a read by number returns those of the past too. */
export function pdsPatient(patient: SimulatedPatient, on: 'read' | 'search'): unknown {
  const restricted = patient.pds.kind === 'restricted';
  return {
    resourceType: 'Patient',
    id: patient.nhsNumber,
    identifier: [
      {
        system: 'https://fhir.nhs.uk/Id/nhs-number',
        value: patient.nhsNumber,
        extension: [
          {
            url: 'https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-NHSNumberVerificationStatus',
            valueCodeableConcept: {
              coding: [
                {
                  system: 'https://fhir.hl7.org.uk/CodeSystem/UKCore-NHSNumberVerificationStatus',
                  version: '1.0.0',
                  code: '01',
                  display: 'Number present and verified',
                },
              ],
            },
          },
        ],
      },
    ],
    meta: {
      versionId: '2',
      security: [
        {
          system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality',
          code: restricted ? 'R' : 'U',
          display: restricted ? 'restricted' : 'unrestricted',
        },
      ],
    },
    name: [
      {
        id: 'name-1',
        use: 'usual',
        period: { start: '2020-01-01' },
        given: patient.given,
        family: patient.family,
        ...(patient.prefix === undefined ? {} : { prefix: [patient.prefix] }),
      },
      ...(patient.otherNames ?? []).map((name, index) => ({ id: `other-${index + 1}`, ...name })),
      ...(on === 'search' ? [] : previousNames(patient)),
    ],
    ...(patient.gender === undefined ? {} : { gender: patient.gender }),
    ...(patient.birthDate === undefined ? {} : { birthDate: patient.birthDate }),
    ...(patient.deceasedDateTime === undefined ? {} : { deceasedDateTime: patient.deceasedDateTime }),
    ...(restricted || patient.birthDate === undefined ? {} : whereabouts),
    ...extensionsOf(patient),
  };
}

function extensionsOf({ deathNotification, removal }: SimulatedPatient): { readonly extension?: object[] } {
  const extension = [
    ...(deathNotification === undefined
      ? []
      : [
          coded(
            'https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-DeathNotificationStatus',
            'deathNotificationStatus',
            'https://fhir.hl7.org.uk/CodeSystem/UKCore-DeathNotificationStatus',
            deathNotification === 'informal' ? '1' : '2',
          ),
        ]),
    ...(removal === undefined
      ? []
      : [
          coded(
            'https://fhir.nhs.uk/StructureDefinition/Extension-PDS-RemovalFromRegistration',
            'removalFromRegistrationCode',
            'https://fhir.nhs.uk/CodeSystem/PDS-RemovalReasonExitCode',
            removal,
          ),
        ]),
  ];
  return extension.length === 0 ? {} : { extension };
}

function coded(url: string, member: string, system: string, code: string): object {
  return { url, extension: [{ url: member, valueCodeableConcept: { coding: [{ system, code }] } }] };
}

function previousNames({ previousNames = [] }: SimulatedPatient): readonly object[] {
  return previousNames.map((name, index) => ({
    id: `previous-${index + 1}`,
    ...name,
    period: { start: '2010-01-01', end: '2019-12-31' },
  }));
}

const whereabouts = {
  generalPractitioner: [
    {
      id: 'gp-1',
      type: 'Organization',
      identifier: {
        system: 'https://fhir.nhs.uk/Id/ods-organization-code',
        value: home.practice,
        period: { start: '2020-01-01' },
      },
    },
  ],
  telecom: [
    { id: 'telecom-1', period: { start: '2020-01-01' }, system: 'phone', value: '01632960900', use: 'home' },
  ],
  address: [
    {
      id: 'address-1',
      period: { start: '2020-01-01' },
      use: 'home',
      line: ['1 Invented Street', 'Mocktown', 'Testshire'],
      postalCode: home.postcode,
    },
  ],
};
