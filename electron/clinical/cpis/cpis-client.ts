/** Sends checks and history reads to CP-IS in the site's wire format, and returns view models and faults. */

import type { CarePlanView } from '../../../shared/clinical/cp-is.ts';
import type { NhsNumber } from '../../../shared/clinical/nhs-number.ts';
import { type Fault, lookupDetails, makeFault } from '../../../shared/fault.ts';
import type { CareSetting, Notification } from '../../../shared/outcome.ts';
import type { Environment } from '../../settings/environment.ts';
import { holdsAnotherNumber } from '../fhir/named-patients.ts';
import { createTransport, type ServiceResponse, type TransportDependencies } from '../service/transport.ts';
import { type UserRole, userHeaders } from '../service/user-headers.ts';
import { todayOf } from '../today.ts';
import { createCareTeamFormat } from './care-team.ts';
import { mentionsRecord } from './mentioned-record.ts';
import { createPatientFlagsFormat } from './patient-flags.ts';
import { readHistorySearch, type WholeHistory } from './read-history-search.ts';
import { readPlans } from './read-plans.ts';
import { inCpisWords, readSearch, type SizeLimit } from './search.ts';
import { createSlices } from './slices.ts';
import type { WireFormat } from './wire-format.ts';

export interface CpisClientDependencies extends Omit<TransportDependencies, 'timeoutMs'> {
  readonly environment: Environment;
  readonly userRole: () => UserRole | undefined;
  /** Another time than `now` that may be the right one (H20). */
  readonly doubtedNow: () => Date | undefined;
}

export interface CpisClient {
  readonly careSettings: readonly CareSetting[];
  readonly keepsHistory: boolean;
  /** `checkId` is the correlation id of a check and of its history: the service and the audit trail both receive it. */
  check(
    nhsNumber: NhsNumber,
    careSetting: CareSetting,
    signal: AbortSignal,
    checkId: string,
  ): Promise<CheckAnswer>;
  history(
    nhsNumber: NhsNumber,
    careSetting: CareSetting,
    signal: AbortSignal,
    checkId: string,
  ): Promise<WholeHistory>;
}

/** The outcome of a check, and whether the local authority was notified. */
export type CheckAnswer = { readonly notification: Notification } & (
  | {
      readonly kind: 'found';
      readonly plans: readonly [CarePlanView, ...CarePlanView[]];
      readonly warned: boolean;
    }
  | { readonly kind: 'no-record' }
  | { readonly kind: 'denied'; readonly fault: Fault }
  | { readonly kind: 'could-not-check'; readonly fault: Fault }
);

/** A plan takes about half a kilobyte. A megabyte is read in less than a tenth of a second. */
const sizeLimit: SizeLimit = { mostBytes: 1_024 * 1_024, exceeded: lookupDetails.plansTooLarge };

function createWireFormat({ cpis }: Environment): WireFormat {
  switch (cpis.wireFormat) {
    case 'care-team':
      return createCareTeamFormat(cpis);
    case 'patient-flags':
      return createPatientFlagsFormat(cpis);
  }
}

/**
 * Whether the bytes of an answer that is no searchset, or no JSON, mention a record (H2). An answer that also holds
 * another patient's number says nothing about this patient (H3).
 */
function isMentionedIn({ answer }: ServiceResponse, nhsNumber: NhsNumber): boolean {
  if (answer.kind === 'failed' || answer.status < 200 || answer.status > 299) return false;
  const text = new TextDecoder().decode(answer.body);
  return mentionsRecord(text) && !holdsAnotherNumber([text], nhsNumber);
}

/** Whether the history is requested as an unscheduled access, which the service may count as a second access (H4). */
export function historyMayNotify({ cpis }: Environment, careSetting: CareSetting): boolean {
  return careSetting === 'unscheduled' && cpis.historyRequest === 'as-chosen';
}

/** In the wire format that the site has set. */
export function createCpisClient(dependencies: CpisClientDependencies): CpisClient {
  const { environment, userRole, newId, now, doubtedNow } = dependencies;
  const format = createWireFormat(environment);
  const transport = createTransport({ ...dependencies, timeoutMs: environment.timeoutSeconds * 1_000 });

  function send(
    url: URL,
    mayNotify: boolean,
    signal: AbortSignal,
    checkId: string,
  ): Promise<ServiceResponse> {
    return transport.send({
      url,
      headers: {
        // H4: without this header the service assumes true and notifies the local authority.
        IsUnscheduledAccessEvent: mayNotify ? 'true' : 'false',
        TraceID: newId(),
        ...userHeaders(userRole(), environment.cpis),
      },
      correlationId: checkId,
      repeatable: !mayNotify,
      signal,
    });
  }

  /** Only the first page can notify: one check by the user is one access (H4). */
  const createPageRequest = (signal: AbortSignal, checkId: string) => (url: URL) =>
    send(url, false, signal, checkId);

  async function check(
    nhsNumber: NhsNumber,
    careSetting: CareSetting,
    signal: AbortSignal,
    checkId: string,
  ): Promise<CheckAnswer> {
    const isUnscheduled = careSetting === 'unscheduled';
    const notificationFor = (notification: Notification): Notification =>
      isUnscheduled ? notification : 'not-sent';
    const url = format.plansUrl(nhsNumber);
    const first = await send(url, isUnscheduled, signal, checkId);
    const answer = await readSearch(first, url, createPageRequest(signal, checkId), sizeLimit);
    if (answer.kind === 'failure') {
      const { reason, notification } = answer.failure;
      const kind = reason === 'denied' ? 'denied' : 'could-not-check';
      const fault = inCpisWords(answer.failure);
      const isMentioned = fault.kind === 'answer-not-understood' && isMentionedIn(first, nhsNumber);
      return {
        kind,
        notification: notificationFor(notification),
        fault: isMentioned ? makeFault('record-mentioned', fault.reference) : fault,
      };
    }
    const { searchset, requestId } = answer;
    const reading = readPlans(format, searchset, nhsNumber, todayOf(now(), doubtedNow()));
    switch (reading.kind) {
      case 'plans':
        return {
          kind: 'found',
          notification: notificationFor('sent'),
          plans: reading.plans,
          warned: searchset.warned || reading.mayBeMore,
        };
      case 'no-record':
        // H1, H5: no authority is responsible, so none is known to have been notified; nor is it certain that none was (H4).
        return { kind: 'no-record', notification: notificationFor('unknown') };
      case 'wrong-patient':
        return {
          kind: 'could-not-check',
          notification: notificationFor('unknown'),
          fault: makeFault('wrong-patient', requestId),
        };
      case 'record-mentioned':
        return {
          kind: 'could-not-check',
          notification: notificationFor('unknown'),
          fault: makeFault('record-mentioned', searchset.pageFault?.reference ?? requestId),
        };
      case 'unreadable':
        return {
          kind: 'could-not-check',
          notification: notificationFor('unknown'),
          fault: searchset.pageFault ?? makeFault('answer-not-understood', requestId),
        };
    }
  }

  async function history(
    nhsNumber: NhsNumber,
    careSetting: CareSetting,
    signal: AbortSignal,
    checkId: string,
  ): Promise<WholeHistory> {
    if (format.historyUrl === undefined) {
      return { kind: 'could-not-read', fault: makeFault('request-refused', newId()) };
    }
    const url = format.historyUrl(nhsNumber);
    const first = await send(url, historyMayNotify(environment, careSetting), signal, checkId);
    try {
      return await readHistorySearch(
        { nhsNumber, url, first },
        createPageRequest(signal, checkId),
        createSlices(signal),
      );
    } catch {
      // H15: any failure while reading makes the history "could not be read".
      const kind = signal.aborted ? 'patient-changed' : 'answer-not-understood';
      return { kind: 'could-not-read', fault: makeFault(kind, first.requestId) };
    }
  }

  return { careSettings: format.careSettings, keepsHistory: format.historyUrl !== undefined, check, history };
}
