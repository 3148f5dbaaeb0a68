/**
 * `undefined` for a text that is not a URL, and for a host that is neither the issuer's nor one of `hosts`, of the
 * environment.
 */
export function allowedEndpoint(
  endpoint: string | undefined,
  issuer: string,
  hosts: readonly string[],
): URL | undefined {
  if (endpoint === undefined || !URL.canParse(endpoint)) return undefined;
  const url = new URL(endpoint);
  const { host, protocol } = new URL(issuer);
  return [host, ...hosts].includes(url.host) && url.protocol === protocol ? url : undefined;
}
