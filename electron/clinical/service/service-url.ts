export type QueryParameter = [name: string, value: string];

/** The address of a resource below a service's base URL; parameters are percent-encoded, a space as `%20`. */
export function serviceUrl(baseUrl: string, path: string, parameters: readonly QueryParameter[] = []): URL {
  const url = new URL(baseUrl);
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/${path}`;
  const query = new URLSearchParams(parameters);
  url.search = query.toString().replaceAll('+', '%20');
  return url;
}
