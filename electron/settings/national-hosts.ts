/**
 * Finds the national environment of a host. NHS England separates production and its environments for testing by the
 * name of the host: the API platform has `api.service.nhs.uk` and, before it, the name of each other environment
 * (`int`, `dev`, `ref`, `sandbox`, `internal-dev` …); Care Identity has `nhsidentity`, and below `auth-ptl` ("path to
 * live") `nhsint`, `nhsdev` and others. An unknown host below these domains counts as production: real people's
 * data is never shown under the tag of a test environment.
 * Sources: NHS England, "API platform: environments and testing"; NHS CIS2 guidance, "Environments"; the presets.
 */

/** `production`, `integration`, or the name that the host itself gives, such as `dev`. */
export type NationalEnvironment = string;

const apiPlatform = 'api.service.nhs.uk';
const careIdentityForTests = 'auth-ptl.cis2.spineservices.nhs.uk';
/** Every host below these belongs to a national service. */
const national = [apiPlatform, 'spineservices.nhs.uk', 'ncrs.nhs.uk'];
/** The network of the older environments for testing. */
const networkForTests = 'nhsd-esa.net';

/** As the CP-IS guide prints it; other sandboxes are below the API platform's host. */
const printedSandbox = 'sandbox.service.nhs.uk';

/** Returns `undefined` for a host that is not national. `hostname`: from `URL`, in lower case and without a port. */
export function nationalEnvironmentOf(hostname: string): NationalEnvironment | undefined {
  const host = hostname.toLowerCase().replace(/\.+$/, '');
  if (isBelow(host, networkForTests)) return 'path-to-live';
  if (host === printedSandbox) return 'sandbox';
  const name =
    lastLabelBelow(host, apiPlatform) ?? lastLabelBelow(host, careIdentityForTests)?.replace(/^nhs/, '');
  if (name !== undefined) return name === 'int' ? 'integration' : name;
  return national.some((domain) => host === domain || isBelow(host, domain)) ? 'production' : undefined;
}

function isBelow(host: string, domain: string): boolean {
  return host.endsWith(`.${domain}`);
}

/** `am.nhsint` below the domain: `nhsint`. */
function lastLabelBelow(host: string, domain: string): string | undefined {
  return isBelow(host, domain)
    ? host
        .slice(0, -domain.length - 1)
        .split('.')
        .at(-1)
    : undefined;
}
