type IssuedKind =
  | 'authorization-code'
  | 'cis2-access-token'
  | 'id-token'
  | 'platform-access-token'
  | 'platform-refresh-token';

interface IssuedToken {
  readonly kind: IssuedKind;
  readonly value: string;
}

export interface IssuedTokens {
  readonly add: (kind: IssuedKind, value: string) => void;
  readonly all: () => readonly IssuedToken[];
  readonly clear: () => void;
}

/** Every secret that the simulator has issued, so that a test can search disks, logs and memory for them. */
export function createIssuedTokens(): IssuedTokens {
  let tokens: readonly IssuedToken[] = [];
  return {
    add: (kind, value) => {
      tokens = [...tokens, { kind, value }];
    },
    all: () => tokens,
    clear: () => {
      tokens = [];
    },
  };
}
