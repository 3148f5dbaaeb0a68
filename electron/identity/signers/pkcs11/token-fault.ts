/** Why a token could not sign; names what the token or its library said, never a PIN. */
export class TokenFault extends Error {
  /** The PIN was refused: it must not be tried again. */
  readonly pinRefused: boolean;
  constructor(message: string, { pinRefused = false }: { readonly pinRefused?: boolean } = {}) {
    super(message);
    this.name = 'TokenFault';
    this.pinRefused = pinRefused;
  }
}

/** A return value of PKCS #11 such as `CKR_TOKEN_NOT_PRESENT`; the words of a dynamic linker may name a path. */
export function namedError(error: unknown): string {
  const message = error instanceof Error ? error.message : '';
  return /\bCKR_[A-Z0-9_]+\b/.exec(message)?.[0] ?? 'an error without a name';
}
