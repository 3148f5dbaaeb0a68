/** A record system's server that issues launch codes and redeems them. */
import type { SyntheticPatient } from '../../simulator/client.ts';
import { serveOnLoopback } from './loopback.ts';

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
  close(): Promise<void>;
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
  const { origin, close } = await serveOnLoopback(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const code = new URLSearchParams(body).get('code') ?? '';
    const patient = patients.get(code);
    patients.delete(code);
    redeemed += 1;
    if (isHeld) await released;
    response.writeHead(patient === undefined ? 400 : 200, { 'Content-Type': 'application/json', ...headers });
    const { nhsNumber, birthDate: birthdate } = patient ?? {};
    const answer = { patient: `https://fhir.nhs.uk/Id/nhs-number|${nhsNumber}`, birthdate };
    response.end(JSON.stringify(patient === undefined ? { error: 'invalid_grant' } : answer));
  });
  return {
    settings: { launch: { redeemUrl: `${origin}/redeem` } },
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
    close,
  };
}
