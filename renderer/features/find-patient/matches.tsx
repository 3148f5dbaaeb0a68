import { Table } from 'nhsuk-react-components';
import type { ReactNode } from 'react';
import { mayHaveDied } from '../../../shared/clinical/describe-death.ts';
import type { Death, PatientMatch } from '../../../shared/clinical/patient.ts';
import { DateShown } from '../../components/date-shown.tsx';
import { detailWords, foundByWords } from '../../components/search-words.ts';

interface Props {
  readonly matches: readonly PatientMatch[];
  readonly busy: boolean;
  readonly onChoose: (match: PatientMatch) => void;
}

/** The patients that a search found, in the order of PDS. Choosing one traces it: the banner of Confirm is what counts (H3). */
export function Matches({ matches, busy, onChoose }: Props): ReactNode {
  return (
    <Table className="table" firstCellIsHeader aria-labelledby="matches-heading">
      <Table.Head>
        <Table.Row>
          <Table.Cell>Name</Table.Cell>
          <Table.Cell>Born</Table.Cell>
          <Table.Cell>Gender</Table.Cell>
          <Table.Cell>NHS No.</Table.Cell>
          <Table.Cell>Found by</Table.Cell>
          <Table.Cell>
            <span className="nhsuk-u-visually-hidden">Action</span>
          </Table.Cell>
        </Table.Row>
      </Table.Head>
      <Table.Body>
        {matches.map((match) => (
          <Row key={match.nhsNumber} match={match} busy={busy} onChoose={onChoose} />
        ))}
      </Table.Body>
    </Table>
  );
}

interface RowProps extends Omit<Props, 'matches'> {
  readonly match: PatientMatch;
}

function Row({ match, busy, onChoose }: RowProps): ReactNode {
  const { banner, comparison } = match;
  return (
    <Table.Row>
      <Table.Cell>{banner.name}</Table.Cell>
      <Table.Cell data-label="Born">
        <DateShown date={banner.born} />
        <DeathShown death={banner.death} />
      </Table.Cell>
      <Table.Cell data-label="Gender">{banner.gender}</Table.Cell>
      <Table.Cell className="nowrap" data-label="NHS No.">
        {banner.nhsNumber}
      </Table.Cell>
      <Table.Cell data-label="Found by">
        {foundByWords[comparison.foundBy]}
        {comparison.differences.map(({ detail }) => (
          <div key={detail} className="matches__difference">
            {detailWords[detail]} {detail === 'given-names' ? 'differ' : 'differs'}
          </div>
        ))}
      </Table.Cell>
      <Table.Cell>
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
      </Table.Cell>
    </Table.Row>
  );
}

/** The list has no notes, so it must not say "Died" of a child who may be alive (H3). */
function DeathShown({ death }: { readonly death: Death }): ReactNode {
  switch (death.kind) {
    case 'none':
      return null;
    case 'died':
      return (
        <div>
          Died <DateShown date={death.date} />
        </div>
      );
    case 'unclear':
      return <div>{mayHaveDied}</div>;
  }
}
