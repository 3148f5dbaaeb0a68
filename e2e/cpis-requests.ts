/** The requests to CP-IS, from the simulator's log. */
import type { Simulator } from '../simulator/client.ts';

export interface CpisRequest {
  readonly resource: 'CareTeam' | 'AuditEvent';
  readonly nhsNumber: string;
  /** `IsUnscheduledAccessEvent`; left out, the service takes it for true. */
  readonly unscheduled: string | undefined;
}

/** In the order of their arrival. */
export async function cpisRequests(simulator: Simulator): Promise<readonly CpisRequest[]> {
  const requests = await simulator.requests();
  return requests.flatMap(({ path, query, headers }) => {
    const resource = /^\/cpis\/.*\/(CareTeam|AuditEvent)$/.exec(path)?.[1];
    if (resource !== 'CareTeam' && resource !== 'AuditEvent') return [];
    const nhsNumber = (query['patient:identifier'] ?? '').split('|').at(-1) ?? '';
    return [{ resource, nhsNumber, unscheduled: headers['isunscheduledaccessevent'] }];
  });
}

/** The checks alone, without the reading of a history. */
export async function cpisChecks(simulator: Simulator): Promise<readonly CpisRequest[]> {
  return (await cpisRequests(simulator)).filter(({ resource }) => resource === 'CareTeam');
}
