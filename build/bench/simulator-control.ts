/** The simulator's control server, as far as the benchmark and the soak need it. */
import type { SimulatorProcess } from '../simulator-process.ts';

export interface LoggedRequest {
  readonly path: string;
  readonly status: number | null;
  readonly state: 'open' | 'answered' | 'broken-off';
  readonly headers: Readonly<Record<string, string>>;
}

export interface SimulatorControl {
  nhsNumber(patient: string): string;
  userName(user: string): string;
  requests(): Promise<readonly LoggedRequest[]>;
  /** How often a local authority was told. */
  notifications(): Promise<number>;
  settings(change: Readonly<Record<string, unknown>>): Promise<void>;
  /** Strikes the next request to a service, once. */
  fault(target: string, fault: Readonly<Record<string, unknown>>): Promise<void>;
}

interface Keyed {
  readonly key: string;
  readonly name: string;
  readonly nhsNumber: string;
}

export async function controlSimulator({ control }: SimulatorProcess): Promise<SimulatorControl> {
  const ask = async (method: 'GET' | 'POST', route: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(`${control}/simulator/${route}`, {
      method,
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }),
    });
    if (!response.ok) throw new Error(`The simulator answered ${response.status} to ${method} ${route}.`);
    const text = await response.text();
    return text === '' ? undefined : JSON.parse(text);
  };
  const patients = (await ask('GET', 'patients')) as readonly Keyed[];
  const users = (await ask('GET', 'users')) as readonly Keyed[];
  return {
    nhsNumber: (patient) => find(patients, patient).nhsNumber,
    userName: (user) => find(users, user).name,
    requests: async () => (await ask('GET', 'requests')) as readonly LoggedRequest[],
    notifications: async () => ((await ask('GET', 'notifications')) as readonly unknown[]).length,
    settings: async (change) => void (await ask('POST', 'settings', change)),
    fault: async (target, fault) => void (await ask('POST', 'faults', { target, fault, times: 1 })),
  };
}

function find(entries: readonly Keyed[], key: string): Keyed {
  const entry = entries.find((candidate) => candidate.key === key);
  if (entry === undefined) throw new Error(`The simulator knows no "${key}".`);
  return entry;
}
