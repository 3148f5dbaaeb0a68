/** For tests: the simulator as a process of its own, known only over HTTP and by the environment it writes. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import * as v from 'valibot';

const loggedRequests = v.array(
  v.object({
    server: v.string(),
    method: v.string(),
    path: v.string(),
    query: v.record(v.string(), v.string()),
    status: v.nullable(v.number()),
    headers: v.record(v.string(), v.string()),
    authorization: v.string(),
  }),
);

const issuedTokens = v.array(v.object({ kind: v.string(), value: v.string() }));

export interface FaultOrder {
  readonly times?: number;
  readonly after?: number;
  readonly handled?: boolean;
}

export interface SimulatorProcess {
  /** As written to the environment file. */
  readonly environment: Readonly<Record<string, unknown>>;
  /** The paths of all requests so far, in order: `POST /oauth2/token`. */
  requests(): Promise<readonly string[]>;
  log(): Promise<v.InferOutput<typeof loggedRequests>>;
  /** How often local authorities were told so far. */
  notifications(): Promise<number>;
  /** Every token and code handed out so far. */
  secrets(): Promise<readonly string[]>;
  /** The last one of a kind, such as `platform-access-token`. */
  lastIssued(kind: string): Promise<string>;
  fault(target: string, fault: Readonly<Record<string, unknown>>, order?: FaultOrder): Promise<void>;
  clearFaults(): Promise<void>;
  settings(change: Readonly<Record<string, unknown>>): Promise<void>;
  /** As it was at the start. */
  reset(): Promise<void>;
  stop(): Promise<void>;
}

const main = path.resolve(import.meta.dirname, '../../../simulator/main.ts');

export async function startSimulator(...args: readonly string[]): Promise<SimulatorProcess> {
  const folder = await mkdtemp(path.join(tmpdir(), 'cpis-viewer-identity-'));
  const environmentFile = path.join(folder, 'environment.json');
  const child = spawn(process.execPath, [main, '--environment-file', environmentFile, ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const control = await readyLine(child);
  const text = await readFile(environmentFile, 'utf8');
  await rm(folder, { recursive: true, force: true });

  const ask = async (method: string, route: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(`${control}/simulator/${route}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer = await response.text();
    if (!response.ok) throw new Error(`The simulator refused ${method} ${route}: ${answer}`);
    return answer === '' ? undefined : JSON.parse(answer);
  };
  const log = async () => v.parse(loggedRequests, await ask('GET', 'requests'));

  return {
    environment: v.parse(v.record(v.string(), v.unknown()), JSON.parse(text)),
    log,
    requests: async () => (await log()).map((request) => `${request.method} ${request.path}`),
    notifications: async () => v.parse(v.array(v.unknown()), await ask('GET', 'notifications')).length,
    secrets: async () => v.parse(issuedTokens, await ask('GET', 'issued-tokens')).map(({ value }) => value),
    lastIssued: async (kind) => {
      const all = v.parse(issuedTokens, await ask('GET', 'issued-tokens'));
      return all.findLast((token) => token.kind === kind)?.value ?? '';
    },
    fault: async (target, fault, order = {}) =>
      void (await ask('POST', 'faults', { target, fault, ...order })),
    clearFaults: async () => void (await ask('DELETE', 'faults')),
    settings: async (change) => void (await ask('POST', 'settings', change)),
    reset: async () => void (await ask('POST', 'reset')),
    stop: async () => {
      const gone = child.exitCode === null ? once(child, 'exit') : undefined;
      child.stdin?.end();
      await gone;
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
