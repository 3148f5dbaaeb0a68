import { formatUkTime } from '../../../shared/clinical/clinical-date.ts';
import { formatNhsNumber, type NhsNumber } from '../../../shared/clinical/nhs-number.ts';
import type { PatientNote, PatientSource } from '../../../shared/clinical/patient.ts';
import type { ParsedRequest } from '../../../shared/contract.ts';
import {
  type FaultDetail,
  launchDetails,
  lookupDetails,
  makeFault,
  matchesNotShown,
} from '../../../shared/fault.ts';
import type { SearchOutcome, TraceOutcome } from '../../../shared/outcome.ts';
import type { Environment } from '../../settings/environment.ts';
import { readPage } from '../fhir/bundle.ts';
import { fetchAllPages } from '../service/pages.ts';
import { readServiceAnswer, type ServiceAnswer } from '../service/service-answer.ts';
import { type QueryParameter, serviceUrl } from '../service/service-url.ts';
import { createTransport, type TransportDependencies } from '../service/transport.ts';
import { type UserRole, userHeaders } from '../service/user-headers.ts';
import { todayOf } from '../today.ts';
import { type DemographicPatient, readPatient } from './patient.ts';
import { readMatches } from './read-matches.ts';
import { compareWithSearch, type Demographics } from './search-comparison.ts';

export interface PdsClientDependencies extends Omit<TransportDependencies, 'timeoutMs'> {
  readonly environment: Environment;
  readonly userRole: () => UserRole | undefined;
  /** Another time than `now` that may be the right one (H20). */
  readonly doubtedNow: () => Date | undefined;
}

/** The outcome for the page, and the date of birth as PDS holds it, which the page does not receive. */
export type PdsTrace =
  | Exclude<TraceOutcome, { kind: 'traced' }>
  | (Extract<TraceOutcome, { kind: 'traced' }> & {
      readonly nhsNumber: NhsNumber;
      readonly birthDate: string | undefined;
    });

export type TraceRequest = ParsedRequest<'patient.trace'>;

/** What a record system says of its patient beside the NHS number. */
export interface LaunchedFrom {
  /** `YYYY-MM-DD`. PDS must have this date of birth (H3). */
  readonly bornOn: string | undefined;
}

export interface PdsClient {
  /** `launch`, where the number comes from the record system. */
  trace(request: TraceRequest, signal: AbortSignal, launch?: LaunchedFrom): Promise<PdsTrace>;
  search(demographics: Demographics, signal: AbortSignal): Promise<SearchOutcome>;
}

/** PDS returns no more. */
const mostResults = 50;

/**
 * Traces a patient on the Personal Demographics Service, by NHS number or by name and date of birth. A CP-IS check needs
 * a patient who was traced here and confirmed by the user (H3). Source: PDS FHIR API.
 */
export function createPdsClient(dependencies: PdsClientDependencies): PdsClient {
  const { environment, userRole, newId, now, doubtedNow } = dependencies;
  const { baseUrl } = environment.pds;
  const transport = createTransport({ ...dependencies, timeoutMs: environment.timeoutSeconds * 1_000 });

  async function get(url: URL, signal: AbortSignal): Promise<ServiceAnswer> {
    const headers = userHeaders(userRole(), environment.pds);
    return readServiceAnswer(await transport.send({ url, headers, repeatable: true, signal }));
  }

  return {
    async trace({ nhsNumber, chosen, wristband }, signal, launch) {
      const answer = await get(serviceUrl(baseUrl, `Patient/${nhsNumber}`), signal);
      if (answer.kind === 'failure') {
        const { reason, fault } = answer.failure;
        return reason === 'not-found' ? { kind: 'not-found', fault } : { kind: 'could-not-trace', fault };
      }
      const patient = readPatient(answer.body, todayOf(now(), doubtedNow()));
      if (patient === undefined) {
        return { kind: 'could-not-trace', fault: makeFault('answer-not-understood', answer.requestId) };
      }
      // H3: a gap is no match.
      if (launch?.bornOn !== undefined && patient.facts.birthDate !== launch.bornOn) {
        return {
          kind: 'could-not-trace',
          fault: makeFault('launch-refused', answer.requestId, launchDetails.bornOnAnotherDay),
        };
      }
      if (wristband?.bornOn !== undefined && patient.facts.birthDate !== wristband.bornOn) {
        return {
          kind: 'could-not-trace',
          fault: makeFault('wrong-patient', answer.requestId, lookupDetails.wristbandBornOnAnotherDay),
        };
      }
      const comparison = chosen && compareWithSearch(patient, chosen.search);
      if (chosen !== undefined && (comparison === undefined || !isAsListed(patient, chosen))) {
        return {
          kind: 'could-not-trace',
          fault: makeFault('wrong-patient', answer.requestId, lookupDetails.otherThanChosen),
        };
      }
      return {
        kind: 'traced',
        nhsNumber: patient.nhsNumber,
        birthDate: patient.facts.birthDate,
        patient: {
          context: newId(),
          banner: patient.banner,
          notes: [
            ...supersededNotes(nhsNumber, patient.nhsNumber),
            ...patient.notes,
            ...(doubtedNow() === undefined ? [] : [clockNote]),
          ],
          comparison,
          openedFrom: sourceOf(wristband, launch, now()),
        },
      };
    },

    async search(demographics, signal) {
      const url = serviceUrl(baseUrl, 'Patient', searchParameters(demographics));
      const answer = await get(url, signal);
      if (answer.kind === 'failure') {
        const { reason, fault } = answer.failure;
        switch (reason) {
          case 'too-many-matches':
            return { kind: 'too-many' };
          case 'search-refused':
            return { kind: 'could-not-search', fault: makeFault('search-refused', fault.reference) };
          case 'denied':
          case 'not-found':
          case 'other':
            return { kind: 'could-not-search', fault };
        }
      }
      const notUnderstood = (): SearchOutcome => ({
        kind: 'could-not-search',
        fault: makeFault('answer-not-understood', answer.requestId),
      });
      const page = readPage(answer.body);
      if (page === undefined) return notUnderstood();
      const searchset = await fetchAllPages(page, url, (next) => get(next, signal));
      if (searchset.isEmptyResult) {
        return {
          kind: 'none',
          fault: makeFault('patient-not-found', answer.requestId, nobody(demographics)),
        };
      }
      const matches = readMatches(searchset, demographics, todayOf(now(), doubtedNow()));
      if (matches === undefined) return notUnderstood();
      const { shown, notShown } = matches;
      const [first, ...rest] = shown;
      if (first !== undefined) {
        const clockInDoubt = doubtedNow() !== undefined;
        return { kind: 'matches', matches: [first, ...rest], notShown, clockInDoubt };
      }
      if (notShown === 0) return notUnderstood();
      const none = matchesNotShown(notShown);
      return { kind: 'none-shown', fault: makeFault('answer-not-understood', answer.requestId, none) };
    },
  };
}

/**
 * H3: said, so that the patient is compared. H13: the number that was replaced is not named, on the screen or on paper: after
 * an adoption it would link the child to the former family.
 */
function supersededNotes(requested: NhsNumber, current: NhsNumber): readonly PatientNote[] {
  if (requested === current) return [];
  const unbroken = formatNhsNumber(current).replaceAll(' ', '\u00a0'); // never wrapped
  return [
    {
      kind: 'superseded',
      sentence: `The NHS number that you used has been replaced by ${unbroken}. Check that this is the right patient.`,
    },
  ];
}

/** H20: with the age, the notes that hang on it, and the time at which a record system opened the patient. */
const clockNote: PatientNote = {
  kind: 'clock-doubted',
  sentence:
    "This computer's clock may be wrong. The age, and times that this application gives, may be wrong too: work out the age from the date of birth.",
};

function sourceOf(
  wristband: TraceRequest['wristband'],
  launch: LaunchedFrom | undefined,
  at: Date,
): PatientSource {
  if (launch !== undefined) return { kind: 'record-system', at: formatUkTime(at) };
  if (wristband === undefined) return { kind: 'viewer' };
  const dateOfBirth = wristband.bornOn === undefined ? 'not-read' : 'same';
  return { kind: 'wristband', dateOfBirth, baby: wristband.baby };
}

/** H3: the record that opens is the one that the user chose from the list. */
function isAsListed(
  { banner }: DemographicPatient,
  { name, born }: NonNullable<TraceRequest['chosen']>,
): boolean {
  return banner.name === name && banner.born.short === born;
}

function nobody({ scope, givenNames }: Demographics): FaultDetail | undefined {
  switch (scope) {
    case 'current':
      return givenNames.length > 1 ? lookupDetails.tryFirstName : undefined;
    case 'previous':
      return lookupDetails.nobodyByPreviousName;
    case 'similar':
      return lookupDetails.nobodySimilar;
  }
}

/** Each given name is a parameter of its own: PDS reads a name with a space as one compound first name. */
function searchParameters({ familyName, givenNames, born, scope }: Demographics): QueryParameter[] {
  const { earliest, latest } = born;
  const birthDates = earliest === latest ? [`eq${earliest}`] : [`ge${earliest}`, `le${latest}`];
  return [
    ['family', familyName],
    ...givenNames.map((name): QueryParameter => ['given', name]),
    ...birthDates.map((date): QueryParameter => ['birthdate', date]),
    ...scopeParameters[scope],
    ['_max-results', String(mostResults)],
  ];
}

/** A fuzzy search searches the previous names by itself. */
const scopeParameters: Readonly<Record<Demographics['scope'], readonly QueryParameter[]>> = {
  current: [],
  previous: [['_history', 'true']],
  similar: [['_fuzzy-match', 'true']],
};
