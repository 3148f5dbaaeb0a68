/** A record system's server that issues launch codes and redeems them. */
import { createServer } from 'node:http';
import type { SyntheticPatient } from '../../simulator/client.ts';
import { listenOnLoopback } from './loopback-port.ts';

export interface LaunchCodeIssuer {
  /** The section of the environment file that names it. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** A code that can be redeemed once. */
  issue(patient: SyntheticPatient): string;
  /** Keeps every further answer back until `release`. */
  hold(): void;
  release(): void;
  /** How many codes have been sent to it, valid or not. */
  redeemed(): number;
  close(): void;
}

/** Redeems each of its codes once. `headers` come with every answer. */
export async function startLaunchCodeIssuer(
  headers: Readonly<Record<string, string>> = {},
): Promise<LaunchCodeIssuer> {
  const patients = new Map<string, SyntheticPatient>();
  let redeemed = 0;
  let isHeld = false;
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const code = new URLSearchParams(body).get('code') ?? '';
    const patient = patients.get(code);
    patients.delete(code);
    redeemed += 1;
    if (isHeld) await released;
    response.writeHead(patient === undefined ? 400 : 200, { 'Content-Type': 'application/json', ...headers });
    response.end(
      JSON.stringify(
        patient === undefined
          ? { error: 'invalid_grant' }
          : {
              patient: `https://fhir.nhs.uk/Id/nhs-number|${patient.nhsNumber}`,
              birthdate: patient.birthDate,
            },
      ),
    );
  });
  const port = await listenOnLoopback(server);
  return {
    settings: { launch: { redeemUrl: `http://127.0.0.1:${port}/redeem` } },
    issue(patient) {
      const code = `code-${patients.size + 1}-${Date.now()}`;
      patients.set(code, patient);
      return code;
    },
    hold() {
      isHeld = true;
    },
    release,
    redeemed: () => redeemed,
    close: () => void server.close(),
  };
}
