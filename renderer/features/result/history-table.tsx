/** "Previously viewed by": newest first, sortable by each header. */
import { memo, type ReactNode, useMemo, useState } from 'react';
import type { AccessView } from '../../../shared/clinical/cp-is.ts';
import { useAnnounce } from '../../app/announcer.tsx';
import { DateShown } from '../../components/date-shown.tsx';
import { type HistoryColumn, newestFirst, orderAfterPress, sortHistory } from './history-order.ts';
import { useArriving } from './use-arriving.ts';

const columns: readonly (readonly [HistoryColumn, string])[] = [
  ['at', 'Date and time'],
  ['name', 'Name'],
  ['role', 'Role'],
  ['organisation', 'Organisation'],
];

/** As many as are drawn well within a frame. CP-IS keeps 25 accesses; nothing says that it never sends more. */
const rowsAtOnce = 100;

interface Props {
  readonly accesses: readonly AccessView[];
  /** The id of its heading. */
  readonly labelledBy: string;
}

export function HistoryTable({ accesses, labelledBy }: Props): ReactNode {
  const [order, setOrder] = useState(newestFirst);
  const announce = useAnnounce();
  const sorted = useMemo(() => sortHistory(accesses, order), [accesses, order]);

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
      {/* Sorted otherwise, it is drawn from its top again. */}
      <Blocks key={`${order.column} ${order.direction}`} accesses={sorted} />
    </table>
  );
}

function Blocks({ accesses }: Pick<Props, 'accesses'>): ReactNode {
  const blocks = inBlocks(accesses);
  const arrived = useArriving(blocks.length);
  return blocks.slice(0, arrived).map((block, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: two accesses may be alike in every word, and rows hold no state
    <Rows key={index} accesses={block} />
  ));
}

const Rows = memo(function Rows({ accesses }: Pick<Props, 'accesses'>): ReactNode {
  return (
    <tbody>
      {accesses.map((access, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: as above
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
  );
}, haveSameRows);

/** Blocks are cut anew with each part that comes; those that were drawn stay as they are. */
function haveSameRows(before: Pick<Props, 'accesses'>, after: Pick<Props, 'accesses'>): boolean {
  return (
    before.accesses.length === after.accesses.length &&
    before.accesses.every((access, index) => access === after.accesses[index])
  );
}

function inBlocks(accesses: readonly AccessView[]): readonly (readonly AccessView[])[] {
  const count = Math.ceil(accesses.length / rowsAtOnce);
  return Array.from({ length: count }, (_, index) =>
    accesses.slice(index * rowsAtOnce, (index + 1) * rowsAtOnce),
  );
}
