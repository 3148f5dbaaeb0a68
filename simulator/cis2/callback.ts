import type { Fault } from '../faults/schema.ts';

/** Applies a fault to the redirect from Care Identity back to the application. */
export function withCallbackFault(
  redirect: URL,
  fault: Fault | undefined,
  previousCode: string | undefined,
): URL {
  const bent = new URL(redirect);
  if (fault?.kind !== 'callback') return bent;
  if (fault.replayCode && previousCode !== undefined) bent.searchParams.set('code', previousCode);
  for (const [name, value] of Object.entries(fault.parameters)) {
    if (value === null) bent.searchParams.delete(name);
    else bent.searchParams.set(name, value);
  }
  return bent;
}
