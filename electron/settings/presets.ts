/**
 * The published values of NHS England's environments, so that a site's file says `"preset": "integration"` and adds only
 * its own values. A value of the file overrides the preset, except `live`: whether the answers are about real people.
 * Source: NHS CIS2 guidance (issuers); CP-IS FHIR API consumer guide and PDS FHIR API specification (base addresses);
 * NHS England, "User-restricted RESTful APIs" (token endpoint).
 */
import { isJsonObject, type JsonObject } from '../../shared/json.ts';

const realm = '/openam/oauth2/realms/root/realms/NHSIdentity/realms/Healthcare';

export const presets = {
  integration: {
    tag: 'INTEGRATION',
    live: false,
    // The `:443` is part of the issuer's name.
    cis2: { issuer: `https://am.nhsint.auth-ptl.cis2.spineservices.nhs.uk:443${realm}` },
    platform: { tokenUrl: 'https://int.api.service.nhs.uk/oauth2/token' },
    pds: { baseUrl: 'https://int.api.service.nhs.uk/personal-demographics/FHIR/R4' },
    cpis: { baseUrl: 'https://int.api.service.nhs.uk/cpis/FHIR/R4' },
  },
  production: {
    tag: 'LIVE',
    live: true,
    cis2: { issuer: `https://am.nhsidentity.spineservices.nhs.uk:443${realm}` },
    platform: { tokenUrl: 'https://api.service.nhs.uk/oauth2/token' },
    pds: { baseUrl: 'https://api.service.nhs.uk/personal-demographics/FHIR/R4' },
    cpis: { baseUrl: 'https://api.service.nhs.uk/cpis/FHIR/R4' },
  },
} as const satisfies Record<string, JsonObject>;

/** Merges the file into its preset. The schema reports an unknown preset. */
export function applyPreset(file: unknown): unknown {
  if (!isJsonObject(file)) return file;
  const { preset } = file;
  return preset === 'integration' || preset === 'production' ? deepMerge(presets[preset], file) : file;
}

/** Merges objects member by member; any other value replaces the one of the base. */
function deepMerge(base: JsonObject, overrides: JsonObject): JsonObject {
  const joined: Record<string, unknown> = { ...base };
  for (const [name, value] of Object.entries(overrides)) {
    const below = joined[name];
    joined[name] = isJsonObject(below) && isJsonObject(value) ? deepMerge(below, value) : value;
  }
  return joined;
}
