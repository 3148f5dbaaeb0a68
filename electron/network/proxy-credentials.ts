import { readSecretLines } from '../settings/secret-file.ts';

export interface ProxyCredentials {
  readonly user: string;
  readonly password: string;
}

/** Reads a file with the user on the first line and the password on the second; `undefined` for any other content. */
export async function readProxyCredentials(file: string): Promise<ProxyCredentials | undefined> {
  const read = await readSecretLines(file);
  if (read.kind === 'unusable') return undefined;
  const [user = '', password = '', ...rest] = read.lines;
  return user !== '' && password !== '' && rest.length === 0 ? { user, password } : undefined;
}
