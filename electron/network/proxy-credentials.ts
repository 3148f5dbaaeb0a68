import { readSecretLines } from '../settings/secret-file.ts';

export interface ProxyCredentials {
  readonly user: string;
  readonly password: string;
}

/** From a file with the user on its first line and the password on its second; `undefined` if it is not one. */
export async function readProxyCredentials(file: string): Promise<ProxyCredentials | undefined> {
  const read = await readSecretLines(file);
  if (read.kind === 'unusable') return undefined;
  const [user = '', password = '', ...rest] = read.lines;
  return user !== '' && password !== '' && rest.length === 0 ? { user, password } : undefined;
}
