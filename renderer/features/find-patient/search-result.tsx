/** The answer to a search: whom it found, how many it cannot show, and the next search where the patient is not there. */
import { type ReactNode, useEffect, useRef } from 'react';
import type { PatientMatch } from '../../../shared/clinical/patient.ts';
import type { SearchDetails, SearchScope } from '../../../shared/clinical/patient-search.ts';
import type { SearchOutcome } from '../../../shared/outcome.ts';
import { useEndOfAnnouncement } from '../../components/announcer.tsx';
import { ContactSafeguardingNotice } from '../../components/contact-safeguarding-notice.tsx';
import { FaultDetail } from '../../components/fault-detail.tsx';
import { Matches } from './matches.tsx';
import { WiderSearch } from './wider-search.tsx';

export interface SearchAnswer {
  /** Each answer has another. */
  readonly id: number;
  readonly details: SearchDetails;
  readonly scope: SearchScope;
  readonly outcome: Exclude<SearchOutcome, { kind: 'too-many' | 'could-not-search' }>;
}

interface Props {
  readonly answer: SearchAnswer;
  /** A search or a trace is on its way. */
  readonly busy: boolean;
  readonly onChoose: (match: PatientMatch) => void;
  readonly onSearch: (scope: SearchScope) => void;
}

/** Give it a new `key` for each answer, so that the focus moves to it. */
export function SearchResult({ answer, busy, onChoose, onSearch }: Props): ReactNode {
  const { details, scope, outcome } = answer;
  const heading = useRef<HTMLHeadingElement>(null);
  useEndOfAnnouncement();
  useEffect(() => {
    heading.current?.focus();
    // H3: the second of two twins must not lie below the edge of the window.
    heading.current?.scrollIntoView({ block: 'start' });
  }, []);
  return (
    <section className="matches" aria-labelledby="matches-heading">
      <h2 id="matches-heading" ref={heading} tabIndex={-1}>
        {headingOf(outcome, scope)}
      </h2>
      {outcome.kind !== 'matches' ? (
        <>
          <FaultDetail fault={outcome.fault} />
          <ContactSafeguardingNotice />
        </>
      ) : (
        <>
          <NotShown count={outcome.notShown} isLastSearch={scope === 'similar'} />
          {outcome.clockInDoubt && (
            <div className="callout">
              <p>{agesInDoubt}</p>
            </div>
          )}
          <Matches matches={outcome.matches} busy={busy} onChoose={onChoose} />
          <p>
            <strong>Is the patient not in this list?</strong>
          </p>
        </>
      )}
      <WiderSearch details={details} searched={scope} busy={busy} onSearch={onSearch} />
    </section>
  );
}

/** H20 */
const agesInDoubt =
  "This computer's clock may be wrong, and the ages may be wrong too: compare the dates of birth.";

const scopeWords: Readonly<Record<SearchScope, string>> = {
  current: '',
  previous: ', previous names included',
  similar: ', similar names included',
};

function headingOf(outcome: SearchAnswer['outcome'], scope: SearchScope): string {
  if (outcome.kind === 'none') return 'No patient found';
  if (outcome.kind === 'none-shown') return 'Found, but cannot be shown';
  const count = outcome.matches.length;
  return `${count === 1 ? '1 patient matches' : `${count} patients match`}${scopeWords[scope]}`;
}

/** H3: a patient who is missing from the list is said, so that no other is taken in their place. */
function NotShown({
  count,
  isLastSearch,
}: {
  readonly count: number;
  readonly isLastSearch: boolean;
}): ReactNode {
  if (count === 0) return null;
  return (
    <div className="callout">
      <p>
        <strong>{count} more cannot be shown</strong>: {count === 1 ? 'the record' : 'the records'} cannot be
        read safely, or {count === 1 ? 'does' : 'do'} not match your search. It may be the patient you are
        looking for. Use the NHS number{isLastSearch ? '.' : ', or the next search below the list.'}
      </p>
    </div>
  );
}
