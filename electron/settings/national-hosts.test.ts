import { expect, test } from 'vitest';
import { nationalEnvironmentOf } from './national-hosts.ts';

const hostOf = (address: string) => new URL(address).hostname;

test.each([
  ['https://api.service.nhs.uk/oauth2/token', 'production'],
  ['https://API.Service.NHS.uk:8443/', 'production'],
  ['https://api.service.nhs.uk./', 'production'],
  ['https://ａpi.service.nhs.uk/', 'production'],
  ['https://am.nhsidentity.spineservices.nhs.uk:443/openam', 'production'],
  ['https://another.spineservices.nhs.uk/', 'production'],
  ['https://int.api.service.nhs.uk/', 'integration'],
  ['https://int.api.service.nhs.uk./', 'integration'],
  ['https://am.nhsint.auth-ptl.cis2.spineservices.nhs.uk:443/', 'integration'],
  ['https://dev.api.service.nhs.uk/', 'dev'],
  ['https://am.nhsdev.auth-ptl.cis2.spineservices.nhs.uk/', 'dev'],
  ['https://sandbox.api.service.nhs.uk/', 'sandbox'],
  ['https://sandbox.service.nhs.uk/cpis/FHIR/R4', 'sandbox'],
  ['https://internal-qa.api.service.nhs.uk/', 'internal-qa'],
  ['https://am.nhsspit-2.ptl.nhsd-esa.net/', 'path-to-live'],
  ['https://notapi.service.nhs.uk/', undefined],
  ['https://api.service.nhs.uk.example/', undefined],
  ['https://gateway.trust.example/', undefined],
  ['http://127.0.0.1:4000/', undefined],
])('H16: %s belongs to %s', (address, environment) =>
  expect(nationalEnvironmentOf(hostOf(address))).toBe(environment),
);
