/**
 * Finds the user's own check in the access history. CP-IS names no check there: an entry holds a time, and the user and the
 * organisation as texts. It is taken for this check only where all of them fit, and only this one does; in doubt, and where CP-IS
 * writes a name in another form than Care Identity, none is marked.
 */
import { parseFhirInstant } from '../../shared/clinical/clinical-date.ts';
import type { AccessView } from '../../shared/clinical/cp-is.ts';
import type { UserView } from '../../shared/session.ts';

/** An unscheduled check that CP-IS has answered. Times are those of the services. */
export interface OwnCheck {
  readonly user: UserView;
  readonly sentAt: Date;
  readonly answeredAt: Date;
  /** The last check of this patient before, which may have an entry too. */
  readonly sentBefore: Date | undefined;
}

/** The clocks of two services may differ by this. */
const toleranceMs = 5_000;

/** The same accesses; the one that is this check, if any, says so. */
export function markOwnAccess(accesses: readonly AccessView[], check: OwnCheck): readonly AccessView[] {
  const from = check.sentAt.getTime() - toleranceMs;
  const until = check.answeredAt.getTime() + toleranceMs;
  if (check.sentBefore !== undefined && check.sentBefore.getTime() >= from - toleranceMs) return accesses;
  const own = accesses.filter(({ atSortKey, name, organisation }) => {
    const at = parseFhirInstant(atSortKey)?.getTime();
    return (
      at !== undefined &&
      at >= from &&
      at <= until &&
      plain(name) === plain(check.user.name) &&
      isSameOrganisation(organisation, check.user.organisation)
    );
  });
  if (own.length !== 1) return accesses;
  return accesses.map((access) => (own.includes(access) ? { ...access, isThisCheck: true } : access));
}

/** CP-IS may have the code of the organisation behind its name: `SYNTHETIC GENERAL HOSPITAL (Z9A01)`. */
function isSameOrganisation(recorded: string, own: string): boolean {
  return plain(recorded).replace(/ ?\([a-z0-9]+\)$/, '') === plain(own);
}

function plain(text: string): string {
  return text.trim().replaceAll(/\s+/g, ' ').toLocaleLowerCase('en-GB');
}
