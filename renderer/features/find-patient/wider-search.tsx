import type { ReactNode } from 'react';
import {
  allowsSimilarSearch,
  type SearchDetails,
  type SearchScope,
} from '../../../shared/clinical/patient-search.ts';
import { Button } from '../../components/button.tsx';

interface Offer {
  readonly scope: SearchScope;
  readonly label: string;
  readonly effect: string;
}

const previous: Offer = {
  scope: 'previous',
  label: 'Search previous names',
  effect: 'Looks for the same details under names that a patient had before.',
};
const similar: Offer = {
  scope: 'similar',
  label: 'Search similar names',
  effect:
    'Looks for names that sound alike or are the other way round. It finds other patients too: compare every detail.',
};

interface Props {
  readonly details: SearchDetails;
  /** The search whose answer is on the screen. */
  readonly searched: SearchScope;
  readonly busy: boolean;
  readonly onSearch: (scope: SearchScope) => void;
}

/**
 * Offers the next search, which finds more patients: previous names after those in use, similar ones after that. Each is a
 * press of the user's: PDS records every patient whom a search finds, in the user's name.
 */
export function WiderSearch({ details, searched, busy, onSearch }: Props): ReactNode {
  const offer = offerAfter(searched);
  if (offer === undefined) return <p>If you cannot find the patient by name, use the NHS number.</p>;
  if (offer.scope === 'similar' && !allowsSimilarSearch(details)) {
    return (
      <p>To search for similar names, enter a given name, one date of birth and no *, and search again.</p>
    );
  }
  return (
    <div className="wider-search">
      <p id="wider-search-effect">
        {offer.effect} Every patient found is recorded nationally with your name.
      </p>
      <Button
        kind="secondary"
        busy={busy}
        describedBy="wider-search-effect"
        onClick={() => onSearch(offer.scope)}
      >
        {offer.label}
      </Button>
    </div>
  );
}

function offerAfter(searched: SearchScope): Offer | undefined {
  switch (searched) {
    case 'current':
      return previous;
    case 'previous':
      return similar;
    case 'similar':
      return undefined;
  }
}
