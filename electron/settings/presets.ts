/**
 * What NHS England publishes of its environments, so that a site's file says `"preset": "integration"` and adds only
 * what is the site's own. Whatever the file says itself wins, except whether the answers are about real people.
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

/** The preset under the file. A preset that does not exist is left for the schema to name. */
export function applyPreset(file: unknown): unknown {
  if (!isJsonObject(file)) return file;
  const { preset } = file;
  return preset === 'integration' || preset === 'production' ? layOver(presets[preset], file) : file;
}

/** Objects are joined member by member; anything else replaces what is under it. */
function layOver(under: JsonObject, over: JsonObject): JsonObject {
  const joined: Record<string, unknown> = { ...under };
  for (const [name, value] of Object.entries(over)) {
    const below = joined[name];
    joined[name] = isJsonObject(below) && isJsonObject(value) ? layOver(below, value) : value;
  }
  return joined;
}
