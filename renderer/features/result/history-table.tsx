import { Table, Tag } from 'nhsuk-react-components';
import { type ReactNode, useMemo, useState } from 'react';
import type { AccessView } from '../../../shared/clinical/cp-is.ts';
import { useAnnounce } from '../../components/announcer.tsx';
import { DateShown } from '../../components/date-shown.tsx';
import { usePrinting } from '../../components/use-printing.ts';
import { type HistoryColumn, newestFirst, orderAfterPress, sortHistory } from './history-order.ts';

const columns: readonly (readonly [HistoryColumn, string])[] = [
  ['at', 'Date and time'],
  ['name', 'Name'],
  ['role', 'Role'],
  ['organisation', 'Organisation'],
];

interface Props {
  readonly accesses: readonly AccessView[];
  /** The id of the table's heading. */
  readonly labelledBy: string;
}

/** "Previously viewed by": newest first, sortable by each header. */
export function HistoryTable({ accesses, labelledBy }: Props): ReactNode {
  const [order, setOrder] = useState(newestFirst);
  const announce = useAnnounce();
  // H18: on paper newest first, however the screen is sorted, since paper cannot say how.
  const shownOrder = usePrinting() ? newestFirst : order;
  const sorted = useMemo(() => sortHistory(accesses, shownOrder), [accesses, shownOrder]);

  const sortBy = (column: HistoryColumn, label: string): void => {
    const next = orderAfterPress(order, column);
    setOrder(next);
    announce(`Sorted by ${label}, ${next.direction}`);
  };

  return (
    <Table className="table table--history" aria-labelledby={labelledBy}>
      <Table.Head>
        <Table.Row>
          {columns.map(([column, label]) => (
            <Table.Cell
              key={column}
              aria-sort={order.column === column ? order.direction : 'none'}
              className={`table__${column}`}
            >
              <button type="button" className="sort-button" onClick={() => sortBy(column, label)}>
                {label}
                <span className="sort-button__mark" aria-hidden="true" />
              </button>
            </Table.Cell>
          ))}
        </Table.Row>
      </Table.Head>
      <Table.Body>
        {sorted.map((access, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two accesses may be alike in every word, and rows hold no state
          <Table.Row key={index}>
            <Table.Cell className="nowrap" data-label="Date and time">
              <DateShown date={access.at} />
            </Table.Cell>
            <Table.Cell data-label="Name">
              {access.name} {access.isThisCheck && <Tag color="grey">This check</Tag>}
            </Table.Cell>
            <Table.Cell data-label="Role">{access.role}</Table.Cell>
            <Table.Cell data-label="Organisation">{access.organisation}</Table.Cell>
          </Table.Row>
        ))}
      </Table.Body>
    </Table>
  );
}
