/** The order of the history: newest first, until the user sorts by another column. */
import type { AccessView } from '../../../shared/clinical/cp-is.ts';

export type HistoryColumn = 'at' | 'name' | 'role' | 'organisation';

export interface HistoryOrder {
  readonly column: HistoryColumn;
  readonly direction: 'ascending' | 'descending';
}

export const newestFirst: HistoryOrder = { column: 'at', direction: 'descending' };

/** Created once: `localeCompare` with options creates a collator for each comparison. */
const collator = new Intl.Collator('en-GB', { sensitivity: 'base', numeric: true });

/** Choosing the same column reverses the order; another column starts ascending, dates with the newest. */
export function orderAfterPress(order: HistoryOrder, column: HistoryColumn): HistoryOrder {
  if (order.column === column) {
    return { column, direction: order.direction === 'ascending' ? 'descending' : 'ascending' };
  }
  return { column, direction: column === 'at' ? 'descending' : 'ascending' };
}

/** Equal rows stay newest first. A row without a time is last in both directions. */
export function sortHistory(accesses: readonly AccessView[], order: HistoryOrder): readonly AccessView[] {
  const turn = order.direction === 'ascending' ? 1 : -1;
  return accesses.toSorted((first, second) => {
    if (order.column === 'at') {
      const missing = Number(first.atSortKey === '') - Number(second.atSortKey === '');
      return missing !== 0 ? missing : turn * compareText(first.atSortKey, second.atSortKey);
    }
    const byText = collator.compare(first[order.column], second[order.column]);
    return byText !== 0 ? turn * byText : compareText(second.atSortKey, first.atSortKey);
  });
}

function compareText(first: string, second: string): number {
  if (first === second) return 0;
  return first < second ? -1 : 1;
}
