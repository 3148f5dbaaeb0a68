import { parseNhsNumber } from '../../shared/clinical/nhs-number.ts';
import { type Answer, fhirAnswer } from '../answer.ts';
import { type ApiRequest, headerOf, isUuid } from '../api-request.ts';
import { cpisOutcome } from '../operation-outcome.ts';
import type { SimulatedPatient } from '../patients.ts';
import type { AccessTokens, Caller } from '../platform/access-tokens.ts';
import { notConfigured } from '../platform/token-errors.ts';
import type { SettingsStore } from '../settings.ts';
import { mayUse } from '../users.ts';
import { auditEventEntries } from './audit-event.ts';
import { careTeamEntries } from './care-team.ts';
import type { Histories } from './histories.ts';
import type { Notifications } from './notifications.ts';
import { type MatchWithIncludes, searchset } from './searchset.ts';

export interface CpisDependencies {
  readonly baseUrl: string;
  readonly patients: readonly SimulatedPatient[];
  readonly accessTokens: AccessTokens;
  readonly histories: Histories;
  readonly notifications: Notifications;
  readonly settings: SettingsStore;
}

type Resource = 'CareTeam' | 'AuditEvent';

type UnscheduledHeader = 'true' | 'defaulted' | 'false';

export interface Cpis {
  readonly handle: (resource: Resource, request: ApiRequest) => Answer;
}

const nhsNumberParameter = /^https:\/\/fhir\.nhs\.uk\/Id\/nhs-number\|(.*)$/;

/**
 * CP-IS: `GET /CareTeam` and `GET /AuditEvent`. Source: NHS England, CP-IS FHIR R4 API consumer guide
 * (v0.0.1-alpha). An unscheduled request of either kind, or one without the header, tells the local authority.
 */
export function createCpis(dependencies: CpisDependencies): Cpis {
  const { patients, accessTokens, settings, baseUrl } = dependencies;
  return {
    handle: (resource, request) => {
      if (request.method !== 'GET') return invalid('PRECONDITION_FAILED', 'Method not supported');
      const authorisation = accessTokens.authorise(request);
      if (authorisation.kind === 'refused') return authorisation.answer;
      if (authorisation.caller.assurance < settings.current().cpisAssuranceLevel) {
        // As the platform refuses a level at its token endpoint; how CP-IS would is not published.
        return notConfigured();
      }
      if (!isUuid(headerOf(request, 'traceid')))
        return invalid('PRECONDITION_FAILED', 'Missing or invalid header');
      const header = unscheduledHeader(request);
      if (header === undefined) return invalid('PRECONDITION_FAILED', 'Missing or invalid header');
      const nhsNumber = askedNumber(request);
      if (nhsNumber === undefined) return invalid('INVALID_SEARCH_DATA', 'Invalid NHS number');

      const { caller } = authorisation;
      const patient = patients.find((each) => each.nhsNumber === nhsNumber);
      if (!isAllowed(caller, header) || patient?.cpisDenied === true) {
        return fhirAnswer(
          403,
          cpisOutcome({
            issue: 'forbidden',
            code: 'ACCESS_DENIED',
            display: 'Access has been denied to process this request',
          }),
        );
      }
      if (header !== 'false') notify(dependencies, { resource, header, nhsNumber, patient, caller });
      return fhirAnswer(
        200,
        searchset({
          baseUrl,
          resource,
          request,
          pageSize: settings.current().pageSize,
          matches: patient === undefined ? [] : matchesOf(resource, patient, dependencies),
        }),
      );
    },
  };
}

/** Without the header the service assumes true. Any value but `true` and `false` is an error. */
function unscheduledHeader(request: ApiRequest): UnscheduledHeader | undefined {
  const value = headerOf(request, 'isunscheduledaccessevent');
  if (value === undefined) return 'defaulted';
  return value === 'true' || value === 'false' ? value : undefined;
}

function askedNumber({ url }: ApiRequest): string | undefined {
  const text = nhsNumberParameter.exec(url.searchParams.get('patient:identifier') ?? '')?.[1] ?? '';
  const parsed = /^\d{10}$/.test(text) ? parseNhsNumber(text) : undefined;
  return parsed?.kind === 'valid' ? parsed.nhsNumber : undefined;
}

/** B0107 allows a view that notifies; B0170 allows only a view that does not. */
function isAllowed({ role }: Caller, header: UnscheduledHeader): boolean {
  return mayUse(role, 'B0107') || (header === 'false' && mayUse(role, 'B0170'));
}

function notify(
  { notifications, histories, settings }: CpisDependencies,
  access: {
    readonly resource: Resource;
    readonly header: 'true' | 'defaulted';
    readonly nhsNumber: string;
    readonly patient: SimulatedPatient | undefined;
    readonly caller: Caller;
  },
): void {
  const { resource, header, nhsNumber, patient, caller } = access;
  const at = settings.now();
  notifications.add({
    at: at.toISOString(),
    nhsNumber,
    request: resource,
    header,
    name: caller.user.name,
    localAuthorities: [...new Set(patient?.plans.map(({ localAuthority }) => localAuthority) ?? [])],
  });
  if (patient !== undefined) histories.prepend(patient, caller, at);
}

function matchesOf(
  resource: Resource,
  patient: SimulatedPatient,
  { histories }: CpisDependencies,
): readonly MatchWithIncludes[] {
  return resource === 'CareTeam'
    ? careTeamEntries(patient)
    : auditEventEntries(patient, histories.of(patient));
}

function invalid(code: 'PRECONDITION_FAILED' | 'INVALID_SEARCH_DATA', display: string): Answer {
  return fhirAnswer(400, cpisOutcome({ issue: 'invalid', code, display }));
}
