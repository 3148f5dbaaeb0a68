/** The simulator as a process of its own, and its control server. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

export interface LoggedRequest {
  readonly server: string;
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly status: number | null;
  readonly state: 'open' | 'answered' | 'broken-off';
  readonly headers: Readonly<Record<string, string>>;
  readonly authorization: 'bearer' | 'other' | 'none';
}

export interface FaultOrder {
  /** How many requests it strikes; without it, every one until it is cleared. */
  readonly times?: number;
  /** How many requests pass first. */
  readonly after?: number;
  /** Whether the service has acted on the request before the fault strikes. */
  readonly handled?: boolean;
}

export interface LocalAuthorityNotification {
  readonly nhsNumber: string;
  readonly request: 'CareTeam' | 'AuditEvent';
  /** `defaulted`: the header was left out, which the service takes for true. */
  readonly header: 'true' | 'defaulted';
  readonly name: string;
}

export interface SyntheticPatient {
  readonly key: string;
  readonly nhsNumber: string;
  readonly family: string;
  readonly given: readonly string[];
  readonly birthDate: string | null;
  readonly gender: string | null;
  readonly plans: readonly {
    readonly localAuthority: string;
    readonly start: string | null;
    readonly end: string | null;
  }[];
}

export interface Simulator {
  readonly control: string;
  readonly environment: Readonly<Record<string, unknown>>;
  readonly patients: readonly SyntheticPatient[];
  readonly userNames: readonly string[];
  patient(key: string): SyntheticPatient;
  /** The label of the user's button on the log-in page. */
  userName(key: string): string;
  requests(): Promise<readonly LoggedRequest[]>;
  notifications(): Promise<readonly LocalAuthorityNotification[]>;
  /** Every access, refresh and ID token and every code handed out so far. */
  issuedTokens(): Promise<readonly { readonly kind: string; readonly value: string }[]>;
  fault(target: string, fault: Readonly<Record<string, unknown>>, order?: FaultOrder): Promise<void>;
  /** How many requests wait to be released. */
  held(): Promise<number>;
  release(target?: string): Promise<void>;
  clearFaults(): Promise<void>;
  settings(change: Readonly<Record<string, unknown>>): Promise<void>;
  reset(): Promise<void>;
  stop(): Promise<void>;
}

const main = path.resolve(import.meta.dirname, '../simulator/main.ts');

export async function startSimulator(args: readonly string[] = []): Promise<Simulator> {
  const folder = await mkdtemp(path.join(tmpdir(), 'cpis-viewer-simulator-'));
  const environmentFile = path.join(folder, 'environment.json');
  const child = spawn(process.execPath, [main, '--environment-file', environmentFile, ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const control = await readyLine(child);
  const ask = async (method: string, route: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(`${control}/simulator/${route}`, {
      method,
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`The simulator refused ${method} ${route}: ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  };
  const environment = JSON.parse(await readFile(environmentFile, 'utf8')) as Record<string, unknown>;
  const patients = (await ask('GET', 'patients')) as readonly SyntheticPatient[];
  const users = (await ask('GET', 'users')) as readonly { readonly key: string; readonly name: string }[];

  return {
    control,
    environment,
    patients,
    userNames: users.map(({ name }) => name),
    patient: (key) => find(patients, key),
    userName: (key) => find(users, key).name,
    requests: async () => (await ask('GET', 'requests')) as readonly LoggedRequest[],
    notifications: async () => (await ask('GET', 'notifications')) as readonly LocalAuthorityNotification[],
    issuedTokens: async () =>
      (await ask('GET', 'issued-tokens')) as readonly { readonly kind: string; readonly value: string }[],
    fault: async (target, fault, order = {}) =>
      void (await ask('POST', 'faults', { target, fault, ...order })),
    held: async () => ((await ask('GET', 'faults')) as { readonly held: readonly unknown[] }).held.length,
    release: async (target) =>
      void (await ask('POST', 'faults/release', target === undefined ? {} : { target })),
    clearFaults: async () => void (await ask('DELETE', 'faults')),
    settings: async (change) => void (await ask('POST', 'settings', change)),
    reset: async () => void (await ask('POST', 'reset')),
    stop: async () => {
      const gone = child.exitCode === null ? once(child, 'exit') : undefined;
      child.stdin?.end();
      await gone;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function readyLine(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('The simulator has no output');
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith('READY ')) {
      child.stdout.resume();
      return line.slice('READY '.length).trim();
    }
  }
  throw new Error('The simulator ended before it was ready');
}

function find<Entry extends { readonly key: string }>(entries: readonly Entry[], key: string): Entry {
  const entry = entries.find((candidate) => candidate.key === key);
  if (entry === undefined) throw new Error(`The simulator has no "${key}"`);
  return entry;
}
