/** The record system beside the viewer: it makes links, and opens them as a user's click there would. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SyntheticPatient } from '../../simulator/client.ts';
import { startAgain } from '../second-start.ts';

export function linkTo(
  { nhsNumber, birthDate = '' }: SyntheticPatient,
  change: { birthDate?: string } = {},
): string {
  const patient = encodeURIComponent(`https://fhir.nhs.uk/Id/nhs-number|${nhsNumber}`);
  return `cpis-viewer:launch?patient=${patient}&birthdate=${change.birthDate ?? birthDate}`;
}

/** Starts the viewer once more with a link, as Windows and Linux do; it hands the link over and ends. */
export async function openLink(profile: string, link: string): Promise<void> {
  await startAgain(profile, link);
}

export interface Issuer {
  /** What the environment file says of it. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** A code for one use. */
  issue(patient: SyntheticPatient): string;
  /** From now on, answers wait until they are let through. */
  hold(): void;
  release(): void;
  /** How many times a code has been sent here. */
  redeemed(): number;
  close(): void;
}

/** Redeems each of its codes once. `headers` come with every answer. */
export async function startIssuer(headers: Readonly<Record<string, string>> = {}): Promise<Issuer> {
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
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
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
