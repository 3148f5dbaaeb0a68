/** A patient as PDS sends it. Addresses and GPs are synthetic too: the viewer must show neither (H13). */
import type { SimulatedPatient } from '../patients.ts';

export function pdsPatient(patient: SimulatedPatient): unknown {
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
    ],
    ...(patient.gender === undefined ? {} : { gender: patient.gender }),
    ...(patient.birthDate === undefined ? {} : { birthDate: patient.birthDate }),
    ...(patient.deceasedDateTime === undefined ? {} : { deceasedDateTime: patient.deceasedDateTime }),
    ...(restricted || patient.birthDate === undefined ? {} : whereabouts),
  };
}

const whereabouts = {
  generalPractitioner: [
    {
      id: 'gp-1',
      type: 'Organization',
      identifier: {
        system: 'https://fhir.nhs.uk/Id/ods-organization-code',
        value: 'Z9G99',
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
      // ZZ99 is the NHS's pseudo-postcode area: no such place.
      postalCode: 'ZZ99 3CZ',
    },
  ],
};
