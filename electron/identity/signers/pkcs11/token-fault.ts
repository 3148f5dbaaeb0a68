/** Why a token could not sign; names what the token or its library said, never a PIN. */
export class TokenFault extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'TokenFault';
  }
}

/** A return value of PKCS #11 such as `CKR_TOKEN_NOT_PRESENT`; the words of a dynamic linker may name a path. */
export function namedError(error: unknown): string {
  const message = error instanceof Error ? error.message : '';
  return /\bCKR_[A-Z0-9_]+\b/.exec(message)?.[0] ?? 'an error without a name';
}
