/**
 * Traces a patient on the Personal Demographics Service, by NHS number or by name and date of birth. A CP-IS check needs
 * a patient who was traced here and confirmed by the user (H3). Source: PDS FHIR API.
 */
import { ukDate } from '../../../shared/clinical/clinical-date.ts';
import { formatNhsNumber, type NhsNumber } from '../../../shared/clinical/nhs-number.ts';
import type { PatientMatch, PatientNote } from '../../../shared/clinical/patient.ts';
import { type FaultDetail, launchDetails, lookupDetails, makeFault } from '../../../shared/fault.ts';
import type { SearchOutcome, TraceOutcome } from '../../../shared/outcome.ts';
import type { Environment } from '../../settings/environment.ts';
import { readPage } from '../fhir/bundle.ts';
import { uniqueMatches } from '../fhir/searchset.ts';
import { fetchAllPages } from '../service/pages.ts';
import { readServiceAnswer, type ServiceAnswer } from '../service/service-answer.ts';
import { type QueryParameter, serviceUrl } from '../service/service-url.ts';
import { createTransport, type TransportDependencies } from '../service/transport.ts';
import { type Demographics, fitsDemographics } from './demographics.ts';
import { readPatient } from './patient.ts';

export interface PdsClientDependencies extends Omit<TransportDependencies, 'timeoutMs'> {
  readonly environment: Environment;
  /** The role that the user works in, for `NHSD-Session-URID` where the site's settings require it. */
  readonly sessionRoleId: () => string | undefined;
}

/** The outcome for the page, and the date of birth as PDS holds it, which the page does not receive. */
export type PdsTrace =
  | Exclude<TraceOutcome, { kind: 'traced' }>
  | (Extract<TraceOutcome, { kind: 'traced' }> & {
      readonly nhsNumber: NhsNumber;
      readonly birthDate: string | undefined;
    });

export interface PdsClient {
  /** `bornOn`: the whole date of birth, `YYYY-MM-DD`, that this patient must have. */
  trace(nhsNumber: NhsNumber, signal: AbortSignal, bornOn?: string): Promise<PdsTrace>;
  search(demographics: Demographics, signal: AbortSignal): Promise<SearchOutcome>;
}

/** A user cannot choose safely from more. */
const mostResults = 20;

export function createPdsClient(dependencies: PdsClientDependencies): PdsClient {
  const { environment, sessionRoleId, newId, now } = dependencies;
  const { baseUrl } = environment.pds;
  const transport = createTransport({ ...dependencies, timeoutMs: environment.timeoutSeconds * 1_000 });

  async function get(url: URL, signal: AbortSignal): Promise<ServiceAnswer> {
    const roleId = sessionRoleId();
    const headers = roleId === undefined ? {} : { 'NHSD-Session-URID': roleId };
    return readServiceAnswer(await transport.send({ url, headers, repeatable: true, signal }));
  }

  return {
    async trace(nhsNumber, signal, bornOn) {
      const answer = await get(serviceUrl(baseUrl, `Patient/${nhsNumber}`), signal);
      if (answer.kind === 'failure') {
        const { reason, fault } = answer.failure;
        return reason === 'not-found' ? { kind: 'not-found', fault } : { kind: 'could-not-trace', fault };
      }
      const patient = readPatient(answer.body, ukDate(now()));
      if (patient === undefined) {
        return { kind: 'could-not-trace', fault: makeFault('answer-not-understood', answer.requestId) };
      }
      // H3: a gap is no match.
      if (bornOn !== undefined && patient.facts.birthDate !== bornOn) {
        return {
          kind: 'could-not-trace',
          fault: makeFault('launch-refused', answer.requestId, launchDetails.bornOnAnotherDay),
        };
      }
      return {
        kind: 'traced',
        nhsNumber: patient.nhsNumber,
        birthDate: patient.facts.birthDate,
        patient: {
          context: newId(),
          banner: patient.banner,
          notes: [...supersededNotes(nhsNumber, patient.nhsNumber), ...patient.notes],
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
      const notUnderstood = (detail?: FaultDetail): SearchOutcome => ({
        kind: 'could-not-search',
        fault: makeFault('answer-not-understood', answer.requestId, detail),
      });
      const page = readPage(answer.body);
      if (page === undefined) return notUnderstood();
      const searchset = await fetchAllPages(page, url, (next) => get(next, signal));
      if (searchset.isEmptyResult) {
        const detail = demographics.givenNames.length > 1 ? lookupDetails.tryFirstName : undefined;
        return { kind: 'none', fault: makeFault('patient-not-found', answer.requestId, detail) };
      }
      const { resources, counted } = uniqueMatches(searchset.entries);
      if (searchset.defects.length > 0 || searchset.total > counted) return notUnderstood();
      const matches: PatientMatch[] = [];
      for (const resource of resources) {
        const patient = readPatient(resource, ukDate(now()));
        if (patient === undefined) return notUnderstood();
        // H3: one unexpected patient among the matches makes all of them untrustworthy.
        if (!fitsDemographics(patient, demographics)) return notUnderstood(lookupDetails.unexpectedPatient);
        matches.push({ nhsNumber: patient.nhsNumber, banner: patient.banner });
      }
      const [first, ...rest] = matches;
      return first === undefined ? notUnderstood() : { kind: 'matches', matches: [first, ...rest] };
    },
  };
}

function supersededNotes(requested: NhsNumber, current: NhsNumber): readonly PatientNote[] {
  if (requested === current) return [];
  const [old, now] = [formatNhsNumber(requested), formatNhsNumber(current)];
  return [
    {
      kind: 'superseded',
      asked: old,
      sentence: `The NHS number ${old} has been replaced by ${now}. Check that this is the right patient.`,
    },
  ];
}

/** Each given name is a parameter of its own: PDS reads a name with a space as one compound first name. */
function searchParameters({ familyName, givenNames, dateOfBirth }: Demographics): QueryParameter[] {
  return [
    ['family', familyName],
    ...givenNames.map((name): QueryParameter => ['given', name]),
    ['birthdate', `eq${dateOfBirth}`],
    ['_max-results', String(mostResults)],
  ];
}
