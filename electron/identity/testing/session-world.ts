/**
 * For tests: a session over the real state machine and token store, whose calls to Care Identity and to the platform the
 * test answers at any time, in any order, or never.
 */
import { makeFault } from '../../../shared/fault.ts';
import type { ApiResponse } from '../../network/api-response.ts';
import type { SignInOutcome, SignInRequest } from '../cis2.ts';
import type { Logout } from '../logout.ts';
import type { HeldRole } from '../role.ts';
import { createSession, type Session } from '../session.ts';
import type { TokenOutcome } from '../token-exchange.ts';
import { createTokenStore } from '../token-store.ts';

/** Of the session of every world. */
export const absoluteLimitMs = 12 * 3_600_000;
export type User = 'ann' | 'ben';

/** An asynchronous call that the test answers at any time, or never. */
export interface Slow<Input, Answer> {
  readonly input: Input;
  isAnswered: boolean;
  readonly answer: (answer: Answer) => void;
}

interface TokenCall {
  readonly user: string;
  readonly signal: AbortSignal;
}

export interface World {
  readonly session: Session;
  /** All that have begun, also those whose result is not awaited any more. */
  readonly signIns: Slow<SignInRequest, SignInOutcome>[];
  readonly exchanges: Slow<TokenCall, TokenOutcome>[];
  readonly renewals: Slow<TokenCall, TokenOutcome>[];
  /** Access tokens of Care Identity that are issued and not revoked. */
  readonly issued: ReadonlySet<string>;
  /** The status of the next response to the clinical code. */
  next: 200 | 401;
  readonly sent: string[];
  /** The user whose traces the clinical code still keeps. */
  traces: string | undefined;
}

const roles: readonly HeldRole[] = ['r1', 'r2'].map((id) => ({
  id,
  name: id,
  organisation: 'o',
  organisationCode: undefined,
  activityCodes: [],
}));
export const fault = makeFault('service-failing', 'model');
export const refused: TokenOutcome = {
  kind: 'refused',
  fault,
  retry: 'never',
  mayHaveTakenEffect: false,
  retryAfterSeconds: undefined,
};

function ask<Input, Answer>(list: Slow<Input, Answer>[], input: Input): Promise<Answer> {
  return new Promise((resolve) => {
    const slow: Slow<Input, Answer> = {
      input,
      isAnswered: false,
      answer: (answer) => {
        slow.isAnswered = true;
        resolve(answer);
      },
    };
    list.push(slow);
  });
}

/** A signed-out session. `uptimeMs`: the clock by which it ends. */
export function createWorld(uptimeMs: () => number = () => performance.now()): World {
  const lists: Pick<World, 'signIns' | 'exchanges' | 'renewals'> = {
    signIns: [],
    exchanges: [],
    renewals: [],
  };
  const issued = new Set<string>();
  const logout: Pick<Logout, 'end'> = {
    end: ({ careIdentity }) => void issued.delete(careIdentity.accessToken),
  };
  const session = createSession({
    cis2: {
      signIn: async (request) => {
        const outcome = await ask(lists.signIns, request);
        if (outcome.kind === 'authenticated') issued.add(outcome.user.tokens.accessToken);
        return outcome;
      },
    },
    openTokenStore: (onEnded) =>
      createTokenStore({
        endpoint: {
          exchange: (user, signal) => ask(lists.exchanges, { user, signal }),
          refresh: (user, signal) => ask(lists.renewals, { user, signal }),
        },
        network: {
          request: async ({ headers }): Promise<ApiResponse> => {
            world.sent.push(headers['Authorization'] ?? 'none');
            return {
              kind: 'answered',
              status: world.next,
              contentType: '',
              body: new Uint8Array(),
              retryAfter: undefined,
            };
          },
          fetch: () => fetch,
        },
        origins: new Set(['https://api.example']),
        now: () => new Date(),
        onEnded,
        logout,
      }),
    now: () => new Date(),
    uptimeMs,
    logout,
    absoluteLimitMs,
  });
  const world: World = { ...lists, session, issued, next: 200, sent: [], traces: undefined };
  session.onChange((view, _before, userChange) => {
    if (userChange === 'left') world.traces = undefined;
    if (view.state === 'signed-in') world.traces ??= session.actor()?.userId;
  });
  return world;
}

/** A request of the clinical code. */
export function request({ session }: World): Promise<ApiResponse> {
  const url = new URL('https://api.example/');
  return session.authorisedFetch({ url, headers: {}, timeoutMs: 1_000, repeatable: false });
}

let careIdentityTokens = 0;
function newCareIdentityToken(): string {
  careIdentityTokens += 1;
  return `care identity ${careIdentityTokens}`;
}

/** A sign-in of `userId`, with a role that Care Identity has selected or with two to choose from. */
export function authenticated(userId: User, kind: 'selected' | 'choose'): SignInOutcome {
  const [role] = roles;
  if (role === undefined) throw new Error('no role');
  return {
    kind: 'authenticated',
    user: {
      tokens: {
        idToken: userId,
        idTokenExpiresAt: Number.POSITIVE_INFINITY,
        accessToken: newCareIdentityToken(),
      },
      userId,
      name: userId,
      hasOtherRoles: true,
      role: kind === 'selected' ? { kind, role } : { kind, roles },
    },
  };
}

let issuedSoFar = 0;
/** Fresh platform tokens, whose texts begin with `to`. */
export function issuedTo(to: string): TokenOutcome {
  issuedSoFar += 1;
  // token-store.test.ts tests renewal by the clock; here a 401 causes each renewal.
  const accessExpiresAt = Date.now() + 3 * absoluteLimitMs;
  return {
    kind: 'issued',
    tokens: { accessToken: `${to} ${issuedSoFar}`, accessExpiresAt, refreshToken: to },
  };
}
