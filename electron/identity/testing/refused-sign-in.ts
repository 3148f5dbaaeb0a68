/** For tests: one sign-in that must be refused, with the expected fault. */
import { expect } from 'vitest';
import type { FaultKind } from '../../../shared/fault.ts';
import type { Simulator } from '../../../simulator/client.ts';
import { createIdentity, faultOf, type IdentityOptions } from './identity.ts';
import { createPerson } from './person.ts';

export interface ExpectedRefusal {
  readonly kind: FaultKind;
  /** A token exchange has been sent to the platform; otherwise none may be. */
  readonly exchange?: 'tried' | undefined;
}

/**
 * Signs in as a nurse and expects a fault of this kind, in two sentences, with a reference and without a secret, and no
 * session. Resolves with the fault's first sentence.
 */
export async function expectRefusal(
  simulator: Simulator,
  { kind, exchange }: ExpectedRefusal,
  options: Partial<IdentityOptions> = {},
): Promise<string> {
  const { userAgent } = createPerson('Nora Synthetic');
  const { session, environment } = createIdentity(simulator, { userAgent, ...options });
  const view = await session.signIn();
  const fault = faultOf(view);
  expect(view.state).toBe('signed-out');
  expect(fault).toMatchObject({
    kind,
    happened: expect.stringMatching(/^[A-Z].*\.$/),
    action: expect.stringMatching(/^[A-Z].*\.$/),
    reference: expect.stringMatching(/^[\w.:-]+( .*)?$/),
  });
  await expectNoSecret(simulator, fault);
  const exchanges = (await simulator.requestLines()).filter((request) => request === 'POST /oauth2/token');
  if (exchange === 'tried') expect(exchanges).not.toEqual([]);
  else expect(exchanges).toEqual([]);
  const response = await session.authorisedFetch({
    url: new URL(`${environment.pds.baseUrl}/Patient/9990000018`),
    headers: {},
    timeoutMs: 1_000,
    repeatable: true,
  });
  expect(response).toMatchObject({ kind: 'failed', fault: 'signed-out', delivered: 'no' });
  return fault?.happened ?? '';
}

/** No token, code, assertion or client secret is in it, nor a part of one. */
export async function expectNoSecret(simulator: Simulator, shown: unknown): Promise<void> {
  const text = JSON.stringify(shown) ?? '';
  const secrets = [...(await simulator.secrets()), ...configuredSecrets(simulator.environment)];
  for (const secret of secrets) expect(text).not.toContain(secret.slice(0, 24));
  expect(text).not.toMatch(/eyJ[\w-]{10}/);
}

function configuredSecrets(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]): readonly string[] =>
    typeof member === 'string' && /secret|^(d|p|q|dp|dq|qi)$/i.test(key)
      ? [member]
      : configuredSecrets(member),
  );
}
