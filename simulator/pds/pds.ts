import { parseNhsNumber } from '../../shared/clinical/nhs-number.ts';
import { type Answer, fhirAnswer } from '../answer.ts';
import { type ApiRequest, headerOf, isUuid } from '../api-request.ts';
import { outcomeAnswer } from '../operation-outcome.ts';
import type { SimulatedPatient } from '../patients.ts';
import type { AccessTokens } from '../platform/access-tokens.ts';
import type { SettingsStore } from '../settings.ts';
import { createCrowds } from './crowds.ts';
import { pdsPatient } from './patient.ts';
import { searchPatients } from './search.ts';

export interface PdsDependencies {
  readonly baseUrl: string;
  readonly patients: readonly SimulatedPatient[];
  readonly accessTokens: AccessTokens;
  readonly settings: Pick<SettingsStore, 'current' | 'now'>;
}

export interface Pds {
  readonly read: (request: ApiRequest, id: string) => Answer;
  readonly search: (request: ApiRequest) => Answer;
}

const organisationHeaderName = 'nhsd-end-user-organisation-ods';

/**
 * The Personal Demographics Service: read by number, search by name. Source: NHS England, PDS FHIR API
 * specification; NHSDigital personal-demographics-service-api (the sandbox's error texts).
 */
export function createPds({ baseUrl, patients, accessTokens, settings }: PdsDependencies): Pds {
  const checked = (request: ApiRequest, answer: () => Answer): Answer => {
    const authorisation = accessTokens.authorise(request);
    if (authorisation.kind === 'refused') return authorisation.answer;
    return echoIds(request, requestIdProblem(request) ?? organisationProblem(request) ?? answer());
  };

  const crowds = createCrowds();

  /** The words of other services of the platform, such as the Electronic Prescription Service. */
  function organisationProblem(request: ApiRequest): Answer | undefined {
    const { organisationHeader } = settings.current();
    const arrived = organisationHeader === 'lost' ? undefined : headerOf(request, organisationHeaderName);
    if (organisationHeader === 'ignored' || (arrived !== undefined && arrived !== '')) return undefined;
    return outcomeAnswer(400, {
      issue: 'required',
      code: 'MISSING_HEADER',
      display: 'There is a required header missing',
      diagnostics: 'Missing or Empty NHSD-End-User-Organisation-ODS header',
    });
  }

  return {
    read: (request, id) =>
      checked(request, () => {
        if (!/^\d{10}$/.test(id) || parseNhsNumber(id).kind === 'invalid') {
          return outcomeAnswer(400, {
            issue: 'value',
            code: 'INVALID_RESOURCE_ID',
            display: 'Resource Id is invalid',
          });
        }
        const asked = [...patients, ...crowds].find(({ nhsNumber }) => nhsNumber === id);
        if (asked === undefined) {
          return outcomeAnswer(404, {
            issue: 'not-found',
            code: 'RESOURCE_NOT_FOUND',
            display: 'Resource not found',
          });
        }
        if (asked.pds.kind === 'withdrawn') {
          return outcomeAnswer(404, {
            issue: 'not-found',
            code: 'INVALIDATED_RESOURCE',
            display:
              'Resource that has been marked as invalid was requested - invalid resources cannot be retrieved',
          });
        }
        return fhirAnswer(200, pdsPatient(currentOf(asked, patients), 'read'), { etag: 'W/"2"' });
      }),
    search: (request) =>
      checked(request, () => {
        const result = searchPatients(request.url.searchParams, [...patients, ...crowds]);
        switch (result.kind) {
          case 'refused':
            return outcomeAnswer(400, result.outcome);
          case 'too-many':
            return outcomeAnswer(200, {
              severity: 'information',
              issue: 'multiple-matches',
              code: 'TOO_MANY_MATCHES',
              display: 'Too Many Matches',
            });
          case 'matches':
            return fhirAnswer(200, {
              resourceType: 'Bundle',
              type: 'searchset',
              timestamp: settings.now().toISOString(),
              total: result.matches.length,
              ...(result.matches.length === 0
                ? {}
                : {
                    entry: result.matches.map(({ patient, score }) => ({
                      fullUrl: `${baseUrl}/Patient/${patient.nhsNumber}`,
                      search: { score },
                      resource: pdsPatient(patient, 'search'),
                    })),
                  }),
            });
        }
      }),
  };
}

/** A superseded number is answered with the record that replaces it, whose id differs from the one asked. */
function currentOf(asked: SimulatedPatient, patients: readonly SimulatedPatient[]): SimulatedPatient {
  const { pds } = asked;
  if (pds.kind !== 'superseded') return asked;
  return patients.find(({ key }) => key === pds.by) ?? asked;
}

function requestIdProblem(request: ApiRequest): Answer | undefined {
  const id = headerOf(request, 'x-request-id');
  if (id === undefined) {
    return outcomeAnswer(400, {
      issue: 'required',
      code: 'MISSING_VALUE',
      display: 'Required value is missing',
      diagnostics:
        'Invalid request with error - X-Request-ID header must be supplied to access this resource',
    });
  }
  if (isUuid(id)) return undefined;
  return outcomeAnswer(400, {
    issue: 'value',
    code: 'INVALID_VALUE',
    display: 'Provided value is invalid',
    diagnostics: `Invalid value - '${id}' in header 'X-Request-ID'`,
  });
}

function echoIds(request: ApiRequest, answer: Answer): Answer {
  const echoed = (['x-request-id', 'x-correlation-id'] as const).flatMap((name) => {
    const value = headerOf(request, name);
    return value === undefined ? [] : [[name, value]];
  });
  return { ...answer, headers: { ...answer.headers, ...Object.fromEntries(echoed) } };
}
