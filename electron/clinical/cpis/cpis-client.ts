/** Asks CP-IS, in whichever wire format the site has chosen, and answers in view models and faults. */

import { ukDate } from '../../../shared/clinical/clinical-date.ts';
import type { CarePlanView } from '../../../shared/clinical/cp-is.ts';
import type { NhsNumber } from '../../../shared/clinical/nhs-number.ts';
import { type Fault, makeFault } from '../../../shared/fault.ts';
import type { CareSetting, HistoryOutcome, Notification } from '../../../shared/outcome.ts';
import type { Environment } from '../../settings/environment.ts';
import { readPage } from '../fhir/bundle.ts';
import { type GatheredSearchset, gatherPages } from '../service/pages.ts';
import {
  describeUnreadable,
  type Failure,
  readServiceAnswer,
  type ServiceAnswer,
} from '../service/service-answer.ts';
import { createTransport, type TransportDependencies } from '../service/transport.ts';
import { createCareTeamFormat } from './care-team.ts';
import { createPatientFlagsFormat } from './patient-flags.ts';
import type { WireFormat } from './wire-format.ts';

export interface CpisClientDependencies extends Omit<TransportDependencies, 'timeout'> {
  readonly environment: Environment;
  /** The role that the user works in, for `NHSD-Session-URID` where the site's settings ask for it. */
  readonly sessionRoleId: () => string | undefined;
}

export interface CpisClient {
  readonly careSettings: readonly CareSetting[];
  readonly keepsHistory: boolean;
  /** `checkId` goes to the service as the correlation id of a check and of its history: the audit trail has it too. */
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
  ): Promise<HistoryOutcome>;
}

/** What became of a question, and whom it told. */
export type CheckAnswer = { readonly notification: Notification } & (
  | { readonly kind: 'found'; readonly plans: readonly [CarePlanView, ...CarePlanView[]] }
  | { readonly kind: 'no-record' }
  | { readonly kind: 'denied'; readonly fault: Fault }
  | { readonly kind: 'could-not-check'; readonly fault: Fault }
);

function createWireFormat({ cpis }: Environment): WireFormat {
  switch (cpis.wireFormat) {
    case 'care-team':
      return createCareTeamFormat(cpis);
    case 'patient-flags':
      return createPatientFlagsFormat(cpis);
  }
}

/** Whether the history is asked as an unscheduled access, which the service may take for another one (H4). */
export function historyMayNotify({ cpis }: Environment, careSetting: CareSetting): boolean {
  return careSetting === 'unscheduled' && cpis.historyRequest === 'as-chosen';
}

export function createCpisClient(dependencies: CpisClientDependencies): CpisClient {
  const { environment, sessionRoleId, newId, clock } = dependencies;
  const format = createWireFormat(environment);
  const transport = createTransport({ ...dependencies, timeout: environment.timeoutSeconds * 1_000 });

  async function ask(
    url: URL,
    mayNotify: boolean,
    signal: AbortSignal,
    checkId: string,
  ): Promise<ServiceAnswer> {
    const roleId = environment.cpis.sendRoleHeader ? sessionRoleId() : undefined;
    const sent = await transport.send({
      url,
      headers: {
        // H4: left out, the service takes it for true and tells the local authority.
        IsUnscheduledAccessEvent: mayNotify ? 'true' : 'false',
        TraceID: newId(),
        ...(roleId === undefined ? {} : { 'NHSD-Session-URID': roleId }),
      },
      correlationId: checkId,
      manner: mayNotify ? 'once' : 'silent',
      signal,
    });
    return readServiceAnswer(sent);
  }

  /** All pages of a search. Only the first can notify: one question of the user's is one access (H4). */
  async function search(
    url: URL,
    mayNotify: boolean,
    signal: AbortSignal,
    checkId: string,
  ): Promise<SearchAnswer> {
    const answer = await ask(url, mayNotify, signal, checkId);
    if (answer.kind === 'failure') return answer;
    const { body, requestId } = answer;
    const page = readPage(body);
    if (page === undefined) {
      return { kind: 'failure', failure: describeUnreadable(makeFault('answer-not-understood', requestId)) };
    }
    const searchset = await gatherPages(page, url, (next) => ask(next, false, signal, checkId));
    return { kind: 'searchset', searchset, requestId };
  }

  async function check(
    nhsNumber: NhsNumber,
    careSetting: CareSetting,
    signal: AbortSignal,
    checkId: string,
  ): Promise<CheckAnswer> {
    const isUnscheduled = careSetting === 'unscheduled';
    const told = (notification: Notification): Notification => (isUnscheduled ? notification : 'not-told');
    const answer = await search(format.plansUrl(nhsNumber), isUnscheduled, signal, checkId);
    if (answer.kind === 'failure') {
      const { reason, fault, notification } = answer.failure;
      const kind = reason === 'denied' ? 'denied' : 'could-not-check';
      return { kind, notification: told(notification), fault: inCpisWords(answer.failure, fault) };
    }
    const { searchset, requestId } = answer;
    const reading = format.readPlans(searchset, nhsNumber, ukDate(clock()));
    switch (reading.kind) {
      case 'plans':
        return { kind: 'found', notification: told('told'), plans: reading.plans };
      case 'no-record':
        return { kind: 'no-record', notification: told('told') };
      case 'wrong-patient':
        return {
          kind: 'could-not-check',
          notification: told('may-have-been-told'),
          fault: makeFault('wrong-patient', requestId),
        };
      case 'unreadable': {
        const { happened } = reading;
        const words = happened === undefined ? undefined : { happened };
        return {
          kind: 'could-not-check',
          notification: told('may-have-been-told'),
          fault: searchset.pageFault ?? makeFault('answer-not-understood', requestId, words),
        };
      }
    }
  }

  async function history(
    nhsNumber: NhsNumber,
    careSetting: CareSetting,
    signal: AbortSignal,
    checkId: string,
  ): Promise<HistoryOutcome> {
    if (format.history === undefined) {
      return { kind: 'could-not-read', fault: makeFault('request-refused', newId()) };
    }
    const mayNotify = historyMayNotify(environment, careSetting);
    const answer = await search(format.history.url(nhsNumber), mayNotify, signal, checkId);
    if (answer.kind === 'failure') {
      return { kind: 'could-not-read', fault: inCpisWords(answer.failure, answer.failure.fault) };
    }
    const reading = format.history.read(answer.searchset, nhsNumber);
    switch (reading.kind) {
      case 'read':
        return reading;
      case 'wrong-patient':
        return { kind: 'could-not-read', fault: makeFault('wrong-patient', answer.requestId) };
    }
  }

  return { careSettings: format.careSettings, keepsHistory: format.history !== undefined, check, history };
}

type SearchAnswer =
  | { readonly kind: 'searchset'; readonly searchset: GatheredSearchset; readonly requestId: string }
  | { readonly kind: 'failure'; readonly failure: Failure };

/** "Not found" is said of the patient here, and is not "no record" (H2). */
function inCpisWords({ reason }: Failure, fault: Fault): Fault {
  if (reason !== 'not-found') return fault;
  return makeFault('patient-not-found', fault.reference, {
    happened: 'The service does not know this NHS number, so it could not say whether there is a record.',
  });
}
