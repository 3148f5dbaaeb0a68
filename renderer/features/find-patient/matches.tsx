/** The patients that a search found, in the order of PDS. Choosing one traces it: the banner of Confirm is what counts (H3). */
import type { ReactNode } from 'react';
import type { PatientMatch } from '../../../shared/clinical/patient.ts';
import { DateShown } from '../../components/date-shown.tsx';
import { detailWords, foundByWords } from '../../components/search-words.ts';

interface Props {
  readonly matches: readonly PatientMatch[];
  readonly busy: boolean;
  readonly onChoose: (match: PatientMatch) => void;
}

export function Matches({ matches, busy, onChoose }: Props): ReactNode {
  return (
    <table className="nhsuk-table table" aria-labelledby="matches-heading">
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Born</th>
          <th scope="col">Gender</th>
          <th scope="col">NHS No.</th>
          <th scope="col">Found by</th>
          <th scope="col">
            <span className="nhsuk-u-visually-hidden">Action</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {matches.map((match) => (
          <Row key={match.nhsNumber} match={match} busy={busy} onChoose={onChoose} />
        ))}
      </tbody>
    </table>
  );
}

interface RowProps extends Omit<Props, 'matches'> {
  readonly match: PatientMatch;
}

function Row({ match, busy, onChoose }: RowProps): ReactNode {
  const { banner, comparison } = match;
  return (
    <tr>
      <th scope="row">{banner.name}</th>
      <td data-label="Born">
        <DateShown date={banner.born} />
        {banner.died !== undefined && (
          <div>
            Died <DateShown date={banner.died} />
          </div>
        )}
      </td>
      <td data-label="Gender">{banner.gender}</td>
      <td className="nowrap" data-label="NHS No.">
        {banner.nhsNumber}
      </td>
      <td data-label="Found by">
        {foundByWords[comparison.foundBy]}
        {comparison.differences.map(({ detail }) => (
          <div key={detail} className="matches__difference">
            {detailWords[detail]} differs
          </div>
        ))}
      </td>
      <td>
        <button
          type="button"
          className="small-button"
          aria-disabled={busy || undefined}
          onClick={() => {
            if (!busy) onChoose(match);
          }}
        >
          Choose
          <span className="nhsuk-u-visually-hidden">
            {' '}
            {banner.name}, NHS number {banner.nhsNumber}
          </span>
        </button>
      </td>
    </tr>
  );
}
