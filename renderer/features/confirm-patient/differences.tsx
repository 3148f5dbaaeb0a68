import { Checkboxes, Table } from 'nhsuk-react-components';
import type { ReactNode } from 'react';
import type { SearchComparison } from '../../../shared/clinical/patient.ts';
import type { SearchScope } from '../../../shared/clinical/patient-search.ts';
import { DateShown } from '../../components/date-shown.tsx';
import { detailWords } from '../../components/search-words.ts';

const foundBySentences: Readonly<Record<SearchScope, string>> = {
  current: 'Found by name and date of birth.',
  previous: 'Found by a previous name: the details above are those of today.',
  similar: 'Found by similar details: this may be another patient.',
};

export const differencesFieldId = 'differences-checked';

interface Props {
  readonly comparison: SearchComparison;
  readonly checked: boolean;
  readonly error: string | undefined;
  readonly onChange: (checked: boolean) => void;
}

/**
 * H3: what differs between the record and what the user searched for. CP-IS can be checked only after the user has said that
 * they have compared it with the patient.
 */
export function Differences({ comparison, checked, error, onChange }: Props): ReactNode {
  const { foundBy, differences } = comparison;
  if (differences.length === 0) return <p>{foundBySentences[foundBy]}</p>;
  return (
    <div className="callout differences">
      <Checkboxes
        id="differences"
        small
        legend="Not everything is as you searched for"
        legendProps={{ size: 'm' }}
        hint={foundBySentences[foundBy]}
        error={error ?? ''}
      >
        <Table className="table" firstCellIsHeader aria-label="What differs">
          <Table.Head>
            <Table.Row>
              <Table.Cell>Detail</Table.Cell>
              <Table.Cell>You searched for</Table.Cell>
              <Table.Cell>This record has</Table.Cell>
            </Table.Row>
          </Table.Head>
          <Table.Body>
            {differences.map(({ detail, searched, recorded }) => (
              <Table.Row key={detail}>
                <Table.Cell>{detailWords[detail]}</Table.Cell>
                <Table.Cell data-label="You searched for">
                  <DateShown date={searched} />
                </Table.Cell>
                <Table.Cell data-label="This record has">
                  <strong>
                    <DateShown date={recorded} />
                  </strong>
                </Table.Cell>
              </Table.Row>
            ))}
          </Table.Body>
        </Table>
        <Checkboxes.Item
          id={differencesFieldId}
          checked={checked}
          aria-invalid={error !== undefined}
          onChange={(event) => onChange(event.target.checked)}
        >
          I have checked this with the patient or the person with them
        </Checkboxes.Item>
      </Checkboxes>
    </div>
  );
}
