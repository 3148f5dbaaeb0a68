/** The error bodies of the services, gateways and proxies. */
import { type Answer, fhirAnswer, jsonAnswer } from '../answer.ts';
import { operationOutcome, platformOutcomeOf } from '../operation-outcome.ts';
import { notConfigured, tokenErrorBody } from '../platform/token-errors.ts';
import type { Fault, Target } from './schema.ts';

/** The kind of page that a trust's web proxy sends instead of a service's response. */
export const htmlProxyPage = `<!doctype html>
<html lang="en"><head><title>Web access</title></head>
<body><h1>Synthetic proxy</h1><p>Your request was intercepted. Please sign in to the network.</p></body></html>
`;

/** Well-formed JSON with the target's content type, padded to the size asked for. */
export function hugeBody(target: Target, megabytes: number): Answer {
  const padding = 'x'.repeat(Math.ceil(megabytes * 1024 * 1024));
  return speaksFhir(target)
    ? fhirAnswer(200, { resourceType: 'Bundle', id: padding, type: 'searchset', total: 0 })
    : jsonAnswer(200, { padding });
}

/** What the target answers with that status, where the fault gives no headers or body of its own. */
export function statusBody(target: Target, fault: Extract<Fault, { readonly kind: 'status' }>): Answer {
  const standard = standardAnswer(target, fault.status);
  const body = 'body' in fault && fault.body !== undefined ? fault.body : undefined;
  return {
    status: fault.status,
    headers: {
      ...standard.headers,
      ...(fault.contentType === undefined ? {} : { 'content-type': fault.contentType }),
      ...Object.fromEntries(
        Object.entries(fault.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
      ),
    },
    body: body === undefined ? standard.body : typeof body === 'string' ? body : JSON.stringify(body),
  };
}

function standardAnswer(target: Target, status: number): Answer {
  const headers = status === 429 ? { 'retry-after': '1' } : {};
  if (speaksFhir(target)) {
    return fhirAnswer(status, operationOutcome(platformOutcomeOf(status)), headers);
  }
  if (target === 'platform.token') {
    return status === 401 ? notConfigured() : jsonAnswer(status, tokenEndpointBody(status), headers);
  }
  return jsonAnswer(status, cis2Body(status), headers);
}

function speaksFhir(target: Target): boolean {
  return target.startsWith('pds.') || target.startsWith('cpis.') || target === 'patient-flags';
}

function tokenEndpointBody(status: number): unknown {
  if (status === 403) {
    return tokenErrorBody(
      'access_denied',
      'API Key supplied does not have access to this resource. Please check the API Key you are using belongs to an app which has sufficient access to access this resource.',
    );
  }
  if (status === 429) {
    // Not an OAuth error: the rate limiter in front of the token server answers in its own form.
    return {
      fault: {
        faultstring: 'Rate limit quota violation. Quota limit exceeded.',
        detail: { errorcode: 'policies.ratelimit.QuotaViolation' },
      },
    };
  }
  if (status < 500) return tokenErrorBody('invalid_request', 'The request is invalid');
  return tokenErrorBody(
    'unknown_error',
    'An unknown error occurred processing this request. Contact us for assistance diagnosing this issue: https://digital.nhs.uk/developer/help-and-support quoting Message ID',
  );
}

function cis2Body(status: number): unknown {
  if (status === 401) return { error: 'invalid_client', error_description: 'Client authentication failed' };
  if (status === 400)
    return { error: 'invalid_grant', error_description: 'The provided access grant is invalid' };
  if (status < 500) return { error: 'invalid_request', error_description: 'The request is invalid' };
  return { error: 'server_error', error_description: 'Internal Server Error' };
}
