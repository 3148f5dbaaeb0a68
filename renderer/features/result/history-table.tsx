/** "Previously viewed by": newest first, sortable by each header. */
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
    <table className="nhsuk-table table table--history" aria-labelledby={labelledBy}>
      <thead>
        <tr>
          {columns.map(([column, label]) => (
            <th
              key={column}
              scope="col"
              aria-sort={order.column === column ? order.direction : 'none'}
              className={`table__${column}`}
            >
              <button type="button" className="sort-button" onClick={() => sortBy(column, label)}>
                {label}
                <span className="sort-button__mark" aria-hidden="true" />
              </button>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {sorted.map((access, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two accesses may be alike in every word, and rows hold no state
          <tr key={index}>
            <td className="nowrap" data-label="Date and time">
              <DateShown date={access.at} />
            </td>
            <td data-label="Name">{access.name}</td>
            <td data-label="Role">{access.role}</td>
            <td data-label="Organisation">{access.organisation}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
