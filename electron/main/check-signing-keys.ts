/**
 * Lets each signing key sign once, after the first screen is shown: a site that cannot sign in sees a notice before a
 * clinician tries. Keys in tokens and key services sign once more while a user is at Care Identity's page.
 */
import type { WebContents } from 'electron';
import type { Notice } from '../../shared/application.ts';
import { lookupsPrevented } from '../../shared/fault.ts';
import type { Log } from '../diagnostics/log.ts';
import type { SiteKeyCheck, SiteSigners } from './site-signers.ts';

export interface CheckSigningKeysOptions {
  readonly signers: Pick<SiteSigners, 'check'>;
  readonly log: Pick<Log, 'write'>;
  readonly notify: (notice: Notice) => void;
}

/** Tries each key once; logs each result, and notifies where no key of a use can sign. */
export async function checkSigningKeys({ signers, log, notify }: CheckSigningKeysOptions): Promise<void> {
  const checks = await signers.check();
  logChecks(checks, log);
  if (!canSignIn(checks)) {
    notify({ text: lookupsPrevented['signing-key-unavailable'], preventsLookups: true });
  }
}

/** Logs what has changed. Says nothing to the user: a key that cannot sign is a fault where the sign-in uses it. */
export async function checkSigningKeysAgain({
  signers,
  log,
}: {
  readonly signers: Pick<SiteSigners, 'checkAgain'>;
  readonly log: Pick<Log, 'write'>;
}): Promise<void> {
  logChecks(await signers.checkAgain(), log);
}

function logChecks(checks: readonly SiteKeyCheck[], log: Pick<Log, 'write'>): void {
  for (const { use, kind, kid, result, reason } of checks) {
    log.write({ event: 'signing-key', use, signer: kind, kid, result, reason });
  }
}

/** One key of each use is enough: while the site rotates keys, either may fail. */
function canSignIn(checks: readonly SiteKeyCheck[]): boolean {
  const inUse = checks.filter(({ role }) => role !== 'next');
  return (['platform', 'care-identity'] as const).every((use) => {
    const keys = inUse.filter((check) => check.use === use);
    return keys.length === 0 || keys.some(({ result }) => result !== 'cannot-sign');
  });
}

/** Calls `then` once the first page has loaded, or at once if it has loaded already. */
export function afterFirstLoad(contents: WebContents, then: () => void): void {
  if (contents.isDestroyed()) return;
  if (contents.isLoadingMainFrame()) contents.once('did-finish-load', then);
  else then();
}
