import { readFile } from 'node:fs/promises';

export interface LogIn {
  readonly user: string;
  readonly password: string;
}

/** From a file with the user on its first line and the password on its second; `undefined` if it is not one. */
export async function readLogIn(file: string): Promise<LogIn | undefined> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch {
    return undefined;
  }
  // Windows' own editors put a mark before the first letter.
  const [user = '', password = '', ...rest] = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const isOne = user !== '' && password !== '' && rest.every((line) => line.trim() === '');
  return isOne ? { user, password } : undefined;
}
