/** The reason why a token could not sign, with the error of the token or its library, and never with a PIN. */
export class TokenFault extends Error {
  /** The token refused the PIN, which must not be tried again. */
  readonly pinRefused: boolean;
  constructor(message: string, { pinRefused = false }: { readonly pinRefused?: boolean } = {}) {
    super(message);
    this.name = 'TokenFault';
    this.pinRefused = pinRefused;
  }
}

/** A return value of PKCS #11 such as `CKR_TOKEN_NOT_PRESENT`. Leaves out other texts: a dynamic linker's may name a path. */
export function namedError(error: unknown): string {
  const message = error instanceof Error ? error.message : '';
  return /\bCKR_[A-Z0-9_]+\b/.exec(message)?.[0] ?? 'an error without a name';
}
