import { type Environment, isLoopback, launchAddresses, type SignersSettings } from './environment.ts';
import { type NationalEnvironment, nationalEnvironmentOf } from './national-hosts.ts';
import { presets } from './presets.ts';

/** Validates the rules of an environment across fields. Each problem names the field and never repeats a value. */
export function validateEnvironment(environment: Environment): readonly string[] {
  return rules.flatMap((rule) => rule(environment) ?? []);
}

type Rule = (environment: Environment) => string | undefined;

/** The hosts of sign-in pages are not counted: only an issuer on this computer, which counts, can name them. */
const developmentKey: Rule = (environment) => {
  const addresses = [
    ...servicesOf(environment).map(({ address }) => address),
    ...launchAddresses(environment.launch),
  ];
  const isAllLoopback = addresses.every((address) => isLoopback(new URL(address)));
  const field = isAllLoopback ? undefined : fieldOfDevelopmentKey(environment);
  return field && `${field}: a development key may be used only where every address is on this computer`;
};

function fieldOfDevelopmentKey({
  platform,
  cis2: { clientAuthentication },
}: Environment): string | undefined {
  const uses: readonly (readonly [string, SignersSettings])[] = [
    ['platform', platform],
    ...(clientAuthentication.method === 'private_key_jwt'
      ? ([['cis2.clientAuthentication', clientAuthentication]] as const)
      : []),
  ];
  for (const [use, { signer, nextSigner }] of uses) {
    if (signer.kind === 'development') return `${use}.signer`;
    if (nextSigner?.signer.kind === 'development') return `${use}.nextSigner`;
  }
  return undefined;
}

/** Real data is never shown under the tag of a test, test data never under LIVE, and one environment never mixes both (H16). */
const national: Rule = (environment) => {
  const { preset, live } = environment;
  const addresses = nationalAddressesOf(environment);
  if (preset !== undefined) {
    const other = addresses.find((address) => address.environment !== preset);
    if (other !== undefined) return `${other.field}: is of another national environment than the preset`;
    if (presets[preset].live !== live) return 'live: is decided by the preset';
  }
  const production = addresses.find((address) => address.environment === 'production');
  const test = addresses.find((address) => address.environment !== 'production');
  if (production !== undefined && test !== undefined)
    return `${production.field}, ${test.field}: production and another national environment must not be mixed`;
  if (production !== undefined && !live) return 'live: must be true where an address is a production service';
  if (test !== undefined && live)
    return 'live: must be false where an address is a national service for tests';
  return undefined;
};

/**
 * Any program of this computer can listen on a loopback address. The hosts of sign-in pages and the record systems are
 * not counted: smartcard software and record systems do run on the user's computer.
 */
const liveService: Rule = (environment) => {
  const local = servicesOf(environment).find(({ address }) => isLoopback(new URL(address)));
  return environment.live && local !== undefined
    ? `${local.field}: must not be on this computer where live is true`
    : undefined;
};

const systemBrowser: Rule = ({ cis2, launch }) => {
  const users = [
    ['cis2', cis2] as const,
    ...launch.recordSystems.map((system, index) => [`launch.recordSystems.${index}`, system] as const),
  ];
  const unfit = users.find(([, { surface, redirectUri }]) => {
    const url = new URL(redirectUri);
    const isListenable = isLoopback(url) && url.protocol === 'http:' && url.port !== '';
    return surface === 'system-browser' && !isListenable;
  });
  return unfit === undefined
    ? undefined
    : `${unfit[0]}.redirectUri: must be http://127.0.0.1 with a port where ${unfit[0]}.surface is "system-browser"`;
};

/** Without `openid` there is no ID token, and with two entries of one `iss` it would not be clear which counts. */
const recordSystems: Rule = ({ launch }) => {
  for (const [index, system] of launch.recordSystems.entries()) {
    const field = `launch.recordSystems.${index}`;
    if (launch.recordSystems.findIndex(({ iss }) => iss === system.iss) !== index)
      return `${field}.iss: is there twice`;
    const usesIdToken = [system.nhsNumberAt, system.birthDateAt, system.userIdAt].some((pointer) =>
      pointer?.startsWith('/id_token/'),
    );
    if (usesIdToken && !system.scopes.includes('openid'))
      return `${field}.scopes: must include "openid" where a claim of the ID token is read`;
  }
  return undefined;
};

/** The token does not contain a role that the user chose in the viewer: only the header tells the services. */
const rolePicker: Rule = ({ cis2, pds, cpis }) => {
  if (!cis2.rolePicker || (pds.sendRole && cpis.sendRole)) return undefined;
  return `${pds.sendRole ? 'cpis' : 'pds'}.sendRole: must be true where cis2.rolePicker is`;
};

const rules: readonly Rule[] = [
  developmentKey,
  national,
  liveService,
  systemBrowser,
  rolePicker,
  recordSystems,
];

interface NationalAddress {
  readonly field: string;
  readonly environment: NationalEnvironment;
}

function nationalAddressesOf(environment: Environment): readonly NationalAddress[] {
  const addresses = [
    ...servicesOf(environment),
    ...environment.cis2.signInHosts.map((host, index) => ({
      field: `cis2.signInHosts.${index}`,
      address: `https://${host}`,
    })),
  ];
  return addresses.flatMap(({ field, address }) => {
    const found = nationalEnvironmentOf(new URL(address).hostname);
    return found === undefined ? [] : [{ field, environment: found }];
  });
}

/** The services that the viewer sends tokens or an NHS number to. */
function servicesOf({ cis2, platform, pds, cpis }: Environment) {
  const { tokenUrl, revocationUrl } = platform;
  return [
    { field: 'cis2.issuer', address: cis2.issuer },
    { field: 'platform.tokenUrl', address: tokenUrl },
    ...(revocationUrl === undefined ? [] : [{ field: 'platform.revocationUrl', address: revocationUrl }]),
    { field: 'pds.baseUrl', address: pds.baseUrl },
    { field: 'cpis.baseUrl', address: cpis.baseUrl },
  ];
}
