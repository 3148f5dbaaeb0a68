/** Whom and what the tour asks for, by the simulator's own names. */
export interface Simulation {
  /** The label of a user's button on the log-in page. */
  userName(key: string): string;
  nhsNumber(key: string): string;
  person(key: string): { readonly family: string; readonly birthDate: string };
  /** From now on a service is out of order, however often it is asked. */
  takeDown(target: string): Promise<void>;
  /** Every service works again. */
  repair(): Promise<void>;
}

interface PatientEntry {
  readonly key: string;
  readonly nhsNumber: string;
  readonly family: string;
  /** `YYYY-MM-DD` */
  readonly birthDate: string;
}

export async function meetSimulation(control: string): Promise<Simulation> {
  const users = await read<readonly { key: string; name: string }[]>(`${control}/simulator/users`);
  const patients = await read<readonly PatientEntry[]>(`${control}/simulator/patients`);
  return {
    userName: (key) => find(users, key).name,
    nhsNumber: (key) => find(patients, key).nhsNumber,
    person: (key) => find(patients, key),
    async takeDown(target) {
      await request(`${control}/simulator/faults`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ target, fault: { kind: 'status', status: 503 } }),
      });
    },
    async repair() {
      await request(`${control}/simulator/faults`, { method: 'DELETE' });
    },
  };
}

async function read<Content>(address: string): Promise<Content> {
  const response = await request(address, {});
  return (await response.json()) as Content;
}

async function request(address: string, init: RequestInit): Promise<Response> {
  const response = await fetch(address, init);
  if (!response.ok) throw new Error(`The simulator answered ${response.status} to ${address}`);
  return response;
}

function find<Entry extends { readonly key: string }>(entries: readonly Entry[], key: string): Entry {
  const entry = entries.find((candidate) => candidate.key === key);
  if (entry === undefined) throw new Error(`The simulator knows no "${key}"`);
  return entry;
}
