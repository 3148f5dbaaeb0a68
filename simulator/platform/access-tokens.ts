import { randomInt } from 'node:crypto';
import { type Answer, fhirAnswer } from '../answer.ts';
import { type ApiRequest, headerOf } from '../api-request.ts';
import { operationOutcome, platformOutcomeOf } from '../operation-outcome.ts';
import type { SettingsStore } from '../settings.ts';
import type { SimulatedRole, SimulatedUser } from '../users.ts';
import type { IssuedTokens } from './issued-tokens.ts';

/** The user of the ID token; `selectedRoleId` is undefined where the token named no role. */
interface Bearer {
  readonly user: SimulatedUser;
  readonly selectedRoleId: string | undefined;
  /** `authentication_assurance_level` of the ID token. */
  readonly assurance: number;
}

/** The signed-in user, in the role that the API uses. */
export interface Caller {
  readonly user: SimulatedUser;
  readonly role: SimulatedRole;
  readonly assurance: number;
}

export interface Grant {
  readonly accessToken: string;
  readonly expiresIn: number;
  readonly refreshToken: string | undefined;
  readonly refreshExpiresIn: number;
  readonly refreshCount: number;
}

type Refresh =
  | { readonly kind: 'granted'; readonly grant: Grant }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'expired' };

type Authorisation =
  | { readonly kind: 'authorised'; readonly caller: Caller }
  | { readonly kind: 'refused'; readonly answer: Answer };

export interface AccessTokens {
  readonly grant: (bearer: Bearer) => Grant;
  readonly refresh: (refreshToken: string) => Refresh;
  readonly authorise: (request: ApiRequest) => Authorisation;
  /** Revokes a token of either kind; an unknown one is no error (RFC 7009, section 2.2). */
  readonly revoke: (token: string) => void;
}

/** Twelve hours from the first issue, however often the token is refreshed. */
const refreshSeconds = 43_199;

/**
 * The platform's access and refresh tokens, and the user and role that each API reads from one.
 * Sources: NHS England, "User-restricted RESTful APIs - NHS CIS2 separate authentication and authorisation";
 * NHSDigital identity-service-api.
 */
export function createAccessTokens(dependencies: {
  readonly settings: SettingsStore;
  readonly issued: IssuedTokens;
}): AccessTokens {
  const { settings, issued } = dependencies;
  const accessTokens = new Map<string, { readonly bearer: Bearer; readonly expiresAt: number }>();
  const refreshTokens = new Map<
    string,
    { readonly bearer: Bearer; readonly expiresAt: number; readonly count: number }
  >();

  const now = () => settings.now().getTime();

  const issue = (bearer: Bearer, refreshUntil: number, refreshCount: number): Grant => {
    const accessToken = randomText(28);
    const expiresIn = settings.current().accessTokenSeconds;
    accessTokens.set(accessToken, { bearer, expiresAt: now() + expiresIn * 1_000 });
    issued.add('platform-access-token', accessToken);
    const refreshToken = settings.current().refresh ? randomText(32) : undefined;
    if (refreshToken !== undefined) {
      refreshTokens.set(refreshToken, { bearer, expiresAt: refreshUntil, count: refreshCount });
      issued.add('platform-refresh-token', refreshToken);
    }
    return {
      accessToken,
      expiresIn,
      refreshToken,
      refreshExpiresIn: Math.floor((refreshUntil - now()) / 1_000),
      refreshCount,
    };
  };

  return {
    grant: (bearer) => issue(bearer, now() + refreshSeconds * 1_000, 0),
    refresh: (refreshToken) => {
      const found = refreshTokens.get(refreshToken);
      if (found === undefined) return { kind: 'unknown' };
      refreshTokens.delete(refreshToken);
      if (found.expiresAt <= now()) return { kind: 'expired' };
      return { kind: 'granted', grant: issue(found.bearer, found.expiresAt, found.count + 1) };
    },
    revoke: (token) => {
      accessTokens.delete(token);
      refreshTokens.delete(token);
    },
    authorise: (request) => {
      const header = headerOf(request, 'authorization');
      if (header === undefined) return refuse('Missing Authorization header');
      const token = /^bearer (\S+)$/i.exec(header)?.[1];
      const found = token === undefined ? undefined : accessTokens.get(token);
      if (found === undefined) return refuse('Invalid Access Token');
      if (found.expiresAt <= now()) return refuse('Access Token expired');
      return inRole(found.bearer, request, settings.current().roleHeader);
    },
  };
}

/** The platform's shared flow `UserRoleServiceV2`: the token's role first, else the header's. */
function inRole(
  { user, selectedRoleId, assurance }: Bearer,
  request: ApiRequest,
  roleHeader: 'accepted' | 'ignored',
): Authorisation {
  const asked = headerOf(request, 'nhsd-session-urid');
  if (asked !== undefined && !/^\d{1,20}$/.test(asked)) {
    return {
      kind: 'refused',
      answer: fhirAnswer(
        400,
        operationOutcome({
          issue: 'value',
          code: 'INVALID_VALUE',
          display: 'Provided value is invalid',
          diagnostics: `Invalid value - '${asked}' in header 'NHSD-Session-URID'. Refer to the guidance for this header`,
        }),
      ),
    };
  }
  const wanted = selectedRoleId ?? (roleHeader === 'accepted' ? asked : undefined);
  if (wanted === undefined) return refuse('selected_roleid is missing in your token');
  const role = user.roles.find(({ personRoleId }) => personRoleId === wanted);
  return role === undefined
    ? refuse('no userroles available, please check NHSD-Session-URID is valid')
    : { kind: 'authorised', caller: { user, role, assurance } };
}

function refuse(diagnostics: string): Authorisation {
  return {
    kind: 'refused',
    answer: fhirAnswer(401, operationOutcome({ ...platformOutcomeOf(401), diagnostics }), {
      'www-authenticate': 'Bearer',
    }),
  };
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

function randomText(length: number): string {
  return Array.from({ length }, () => letters.charAt(randomInt(letters.length))).join('');
}
