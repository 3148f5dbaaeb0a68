/** The rules of an environment that join fields. Each problem names the field and never repeats a value. */
import { type Environment, isLoopback, signersOf } from './environment.ts';
import { presets } from './presets.ts';

export function breachesOf(environment: Environment): readonly string[] {
  return rules.flatMap((rule) => rule(environment) ?? []);
}

/** The problem, if there is one. */
type Rule = (environment: Environment) => string | undefined;

const developmentKey: Rule = (environment) => {
  const isUsed = signersOf(environment).some(({ kind }) => kind === 'development');
  const isAllLoopback = addressesOf(environment).every((address) => isLoopback(address));
  return isUsed && !isAllLoopback
    ? 'signer: a development key may be used only where every address is on this computer'
    : undefined;
};

/** Real people's data is never shown under another flag, nor reached by half. */
const live: Rule = (environment) => {
  const hosts = addressesOf(environment).map(({ hostname }) => hostname);
  const isProduction = hosts.some((host) => hostsOf.production.has(host));
  const isIntegration = hosts.some((host) => hostsOf.integration.has(host));
  if (isProduction && isIntegration) {
    return 'cis2.issuer, platform.tokenUrl, pds.baseUrl, cpis.baseUrl: production and integration must not be mixed';
  }
  const { preset, live } = environment;
  if (preset !== undefined && presets[preset].live !== live) return 'live: is decided by the preset';
  return isProduction && !live ? 'live: must be true where an address is a production service' : undefined;
};

const systemBrowser: Rule = ({ cis2 }) => {
  const url = new URL(cis2.redirectUri);
  const isListenable = isLoopback(url) && url.protocol === 'http:' && url.port !== '';
  return cis2.surface === 'system-browser' && !isListenable
    ? 'cis2.redirectUri: must be http://127.0.0.1 with a port where cis2.surface is "system-browser"'
    : undefined;
};

/** A role that was picked here is not in the token: the services learn of it by the header alone. */
const rolePicker: Rule = ({ cis2, cpis }) =>
  cis2.rolePicker && !cpis.sendRoleHeader
    ? 'cpis.sendRoleHeader: must be true where cis2.rolePicker is'
    : undefined;

const rules: readonly Rule[] = [developmentKey, live, systemBrowser, rolePicker];

const hostsOf = {
  production: hostsOfPreset('production'),
  integration: hostsOfPreset('integration'),
};

function hostsOfPreset(name: keyof typeof presets): ReadonlySet<string> {
  return new Set(addressesOf(presets[name]).map(({ hostname }) => hostname));
}

function addressesOf({ cis2, platform, pds, cpis }: Addresses): readonly URL[] {
  return [cis2.issuer, platform.tokenUrl, pds.baseUrl, cpis.baseUrl].map((address) => new URL(address));
}

interface Addresses {
  readonly cis2: { readonly issuer: string };
  readonly platform: { readonly tokenUrl: string };
  readonly pds: { readonly baseUrl: string };
  readonly cpis: { readonly baseUrl: string };
}
