/**
 * Starts the simulator as a process of its own and calls its control server. Tests, pictures, benchmark and `npm start` all
 * use this client.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import * as v from 'valibot';

const loggedRequestSchema = v.object({
  server: v.string(),
  method: v.string(),
  path: v.string(),
  query: v.record(v.string(), v.string()),
  status: v.nullable(v.number()),
  state: v.picklist(['open', 'answered', 'broken-off']),
  headers: v.record(v.string(), v.string()),
  authorization: v.picklist(['bearer', 'other', 'none']),
});

const notificationSchema = v.object({
  nhsNumber: v.string(),
  request: v.picklist(['CareTeam', 'AuditEvent']),
  /** `defaulted`: the request had no header, which the service reads as true. */
  header: v.picklist(['true', 'defaulted']),
  name: v.string(),
});

const patientSchema = v.object({
  key: v.string(),
  nhsNumber: v.string(),
  family: v.string(),
  given: v.array(v.string()),
  /** `YYYY-MM-DD` */
  birthDate: v.nullable(v.string()),
  gender: v.nullable(v.string()),
  plans: v.array(
    v.object({
      localAuthority: v.string(),
      start: v.nullable(v.string()),
      end: v.nullable(v.string()),
    }),
  ),
});

const userSchema = v.object({ key: v.string(), name: v.string() });
const issuedTokenSchema = v.object({ kind: v.string(), value: v.string() });
const addressesSchema = v.object({ cis2: v.string(), platform: v.string() });
const heldSchema = v.object({ held: v.array(v.unknown()) });

export type LoggedRequest = Readonly<v.InferOutput<typeof loggedRequestSchema>>;
export type LocalAuthorityNotification = Readonly<v.InferOutput<typeof notificationSchema>>;
export type SyntheticPatient = Readonly<v.InferOutput<typeof patientSchema>>;

export interface FaultOrder {
  /** How many requests the fault applies to; without a number, every one until the fault is cleared. */
  readonly times?: number;
  /** How many requests pass first. */
  readonly after?: number;
  /** Whether the service has acted on the request before the fault. */
  readonly handled?: boolean;
}

export interface Simulator {
  /** The address of the control server. */
  readonly control: string;
  /** Where Care Identity and the platform themselves listen, whatever the environment says. */
  readonly addresses: Readonly<v.InferOutput<typeof addressesSchema>>;
  /** For the viewer's `--environment`. `stop` deletes the file, unless the caller named it. */
  readonly environmentFile: string;
  /** The content of `environmentFile`. */
  readonly environment: Readonly<Record<string, unknown>>;
  readonly patients: readonly SyntheticPatient[];
  readonly userNames: readonly string[];
  patient(key: string): SyntheticPatient;
  /** The label of the user's button on the log-in page. */
  userName(key: string): string;
  requests(): Promise<readonly LoggedRequest[]>;
  /** Each request as a line: `POST /oauth2/token`. */
  requestLines(): Promise<readonly string[]>;
  notifications(): Promise<readonly LocalAuthorityNotification[]>;
  /** Every access, refresh and ID token and every code issued so far. */
  issuedTokens(): Promise<readonly { readonly kind: string; readonly value: string }[]>;
  /** The values of `issuedTokens`. */
  secrets(): Promise<readonly string[]>;
  /** The value of the last issued token of a kind, such as `platform-access-token`. */
  lastIssued(kind: string): Promise<string>;
  fault(target: string, fault: Readonly<Record<string, unknown>>, order?: FaultOrder): Promise<void>;
  /** How many requests wait to be released. */
  held(): Promise<number>;
  release(target?: string): Promise<void>;
  clearFaults(): Promise<void>;
  settings(change: Readonly<Record<string, unknown>>): Promise<void>;
  /** Restores the state after the start. */
  reset(): Promise<void>;
  stop(): Promise<void>;
}

export interface SimulatorOptions {
  /** Options of the simulator's command line, such as `--provider second`. */
  readonly args?: readonly string[];
  /** The file to write the environment to; by default one in a folder that `stop` removes. */
  readonly environmentFile?: string;
}

const main = path.resolve(import.meta.dirname, 'main.ts');

/** Rejects when the simulator ends before it is ready; this process's standard error then shows why. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const ownFolder =
    options.environmentFile === undefined
      ? await mkdtemp(path.join(tmpdir(), 'cpis-viewer-simulator-'))
      : undefined;
  const environmentFile = options.environmentFile ?? path.join(ownFolder ?? '', 'environment.json');
  await mkdir(path.dirname(environmentFile), { recursive: true });
  const child = spawn(
    process.execPath,
    [main, '--environment-file', environmentFile, ...(options.args ?? [])],
    // The simulator ends when its standard input ends, which is when this process ends.
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const control = await readyLine(child);
  const ask = async (method: 'GET' | 'POST' | 'DELETE', route: string, body?: unknown): Promise<unknown> => {
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
  const list = async <Schema extends v.GenericSchema>(route: string, schema: Schema) =>
    v.parse(v.array(schema), await ask('GET', route));
  const requests = () => list('requests', loggedRequestSchema);
  const issuedTokens = () => list('issued-tokens', issuedTokenSchema);
  const patients = await list('patients', patientSchema);
  const users = await list('users', userSchema);

  return {
    control,
    addresses: v.parse(addressesSchema, await ask('GET', 'addresses')),
    environmentFile,
    environment: v.parse(
      v.record(v.string(), v.unknown()),
      JSON.parse(await readFile(environmentFile, 'utf8')),
    ),
    patients,
    userNames: users.map(({ name }) => name),
    patient: (key) => find(patients, key),
    userName: (key) => find(users, key).name,
    requests,
    requestLines: async () => (await requests()).map(({ method, path: asked }) => `${method} ${asked}`),
    notifications: () => list('notifications', notificationSchema),
    issuedTokens,
    secrets: async () => (await issuedTokens()).map(({ value }) => value),
    lastIssued: async (kind) => (await issuedTokens()).findLast((token) => token.kind === kind)?.value ?? '',
    fault: async (target, fault, order = {}) =>
      void (await ask('POST', 'faults', { target, fault, ...order })),
    held: async () => v.parse(heldSchema, await ask('GET', 'faults')).held.length,
    release: async (target) =>
      void (await ask('POST', 'faults/release', target === undefined ? {} : { target })),
    clearFaults: async () => void (await ask('DELETE', 'faults')),
    settings: async (change) => void (await ask('POST', 'settings', change)),
    reset: async () => void (await ask('POST', 'reset')),
    stop: async () => {
      const gone = child.exitCode === null ? once(child, 'exit') : undefined;
      child.stdin?.end();
      await gone;
      if (ownFolder !== undefined) await rm(ownFolder, { recursive: true, force: true });
    },
  };
}

async function readyLine(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('The simulator has no output');
  for await (const line of createInterface({ input: child.stdout })) {
    if (!line.startsWith('READY ')) continue;
    child.stdout.resume();
    return line.slice('READY '.length).trim();
  }
  throw new Error('The simulator ended before it was ready');
}

function find<Entry extends { readonly key: string }>(entries: readonly Entry[], key: string): Entry {
  const entry = entries.find((candidate) => candidate.key === key);
  if (entry === undefined) throw new Error(`The simulator has no "${key}"`);
  return entry;
}
