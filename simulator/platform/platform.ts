import type { RequestListener } from 'node:http';
import type { Answer } from '../answer.ts';
import type { ApiRequest } from '../api-request.ts';
import type { Cpis } from '../cp-is/cp-is.ts';
import { deliver, send } from '../faults/delivery.ts';
import type { Faults } from '../faults/faults.ts';
import type { Target } from '../faults/schema.ts';
import { outcomeAnswer, platformOutcomeOf } from '../operation-outcome.ts';
import type { Pds } from '../pds/pds.ts';
import { readBody } from '../request-body.ts';
import type { PlatformToken } from './token-endpoint.ts';
import { tokenError } from './token-errors.ts';

export const platformPaths = {
  token: '/oauth2/token',
  /** NHS England's pages do not name the address: the environment must. */
  revocation: '/oauth2/revoke',
  pds: '/personal-demographics/FHIR/R4',
  cpis: '/cpis/FHIR/R4',
  patientFlags: '/patient-flags-api/FHIR/R4',
} as const;

export interface PlatformServices {
  readonly token: PlatformToken;
  readonly pds: Pds;
  readonly cpis: Cpis;
  readonly patientFlags: { readonly handle: (request: ApiRequest) => Answer };
  readonly faults: Faults;
}

interface Route {
  readonly target: Target;
  readonly handle: (request: ApiRequest) => Answer;
}

/** The NHS England API platform on a port: routes each path to its service. */
export function createPlatform(services: PlatformServices): RequestListener {
  const { faults } = services;
  return (incoming, response) => {
    void (async () => {
      const url = new URL(incoming.url ?? '/', 'http://127.0.0.1');
      const body = await readBody(incoming);
      const route = routeFor(url.pathname, services);
      if (body === undefined || route === undefined) {
        return send(response, outcomeAnswer(404, platformOutcomeOf(404)));
      }
      const request: ApiRequest = { method: incoming.method ?? '', url, headers: incoming.headers, body };
      await deliver({
        response,
        target: route.target,
        faults,
        applied: faults.take(route.target),
        handle: () => Promise.resolve(route.handle(request)),
      });
    })();
  };
}

function routeFor(path: string, { token, pds, cpis, patientFlags }: PlatformServices): Route | undefined {
  if (path === platformPaths.token) {
    return {
      target: 'platform.token',
      handle: (request) =>
        request.method === 'POST'
          ? token.handle(request)
          : tokenError(405, 'invalid_request', 'The HTTP method is not allowed'),
    };
  }
  if (path === platformPaths.revocation) {
    return { target: 'platform.revocation', handle: token.revoke };
  }
  const patientId = new RegExp(`^${platformPaths.pds}/Patient/([^/]+)$`).exec(path)?.[1];
  if (patientId !== undefined) {
    return { target: 'pds.read', handle: readOnly((request) => pds.read(request, patientId)) };
  }
  switch (path) {
    case `${platformPaths.pds}/Patient`:
      return { target: 'pds.search', handle: readOnly(pds.search) };
    case `${platformPaths.cpis}/CareTeam`:
      return { target: 'cpis.care-team', handle: readOnly((request) => cpis.handle('CareTeam', request)) };
    case `${platformPaths.cpis}/AuditEvent`:
      return {
        target: 'cpis.audit-event',
        handle: readOnly((request) => cpis.handle('AuditEvent', request)),
      };
    case `${platformPaths.patientFlags}/PatientFlag`:
      return { target: 'patient-flags', handle: readOnly(patientFlags.handle) };
    default:
      return undefined;
  }
}

function readOnly(handle: (request: ApiRequest) => Answer): Route['handle'] {
  return (request) =>
    request.method === 'GET'
      ? handle(request)
      : outcomeAnswer(405, {
          issue: 'not-supported',
          code: 'METHOD_NOT_ALLOWED',
          display: 'Method not allowed',
        });
}
