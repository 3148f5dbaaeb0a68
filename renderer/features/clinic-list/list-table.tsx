import { Tag } from 'nhsuk-react-components';
import type { ReactNode } from 'react';
import {
  type ClinicListOutcome,
  type ClinicListRow,
  clinicListWords,
  describeNotes,
} from '../../../shared/clinic-list.ts';
import { warnedInList } from '../../../shared/outcome-words.ts';
import { DateShown } from '../../components/date-shown.tsx';

/** The words give the outcome; the colour repeats it. None says that all is well (H1). */
const tagClasses: Readonly<Record<ClinicListOutcome['kind'], string>> = {
  waiting: 'nhsuk-tag--grey',
  checking: 'nhsuk-tag--grey',
  found: 'plan__tag--current',
  'no-record': 'nhsuk-tag--white',
  denied: 'nhsuk-tag--red',
  'could-not-check': 'nhsuk-tag--red',
  'by-hand': 'nhsuk-tag--yellow',
  'not-checked': 'nhsuk-tag--grey',
};

interface Props {
  readonly rows: readonly ClinicListRow[];
  readonly onOpen: (line: number) => void;
}

/** One row a line, in the order of the list. What could not be checked stands out, and says why (H2). */
export function ListTable({ rows, onOpen }: Props): ReactNode {
  return (
    <table className="nhsuk-table table" aria-label="Clinic list">
      <thead>
        <tr>
          <th scope="col">Line</th>
          <th scope="col">Name</th>
          <th scope="col">Born</th>
          <th scope="col">NHS No.</th>
          <th scope="col">Outcome</th>
          <th scope="col">Time</th>
          <th scope="col" className="clinic-list__open">
            <span className="nhsuk-u-visually-hidden">Action</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.line} row={row} onOpen={onOpen} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ row, onOpen }: Omit<Props, 'rows'> & { readonly row: ClinicListRow }): ReactNode {
  const { line, patient, outcome, at, opens } = row;
  const name = 'text' in patient ? undefined : patient.name;
  return (
    <tr>
      <td data-label="Line">{line}</td>
      {'text' in patient ? (
        <th scope="row" colSpan={3} className="clinic-list__text">
          {patient.text}
        </th>
      ) : (
        <>
          <th scope="row">
            {name ?? <span className="clinic-list__unnamed">Not shown</span>}
            {describeNotes(row).map((note) => (
              <div key={note} className="clinic-list__note">
                {note}
              </div>
            ))}
          </th>
          <td className="nowrap" data-label="Born">
            <DateShown date={patient.born} />
          </td>
          <td className="nowrap" data-label="NHS No.">
            {patient.nhsNumber}
          </td>
        </>
      )}
      <td data-label="Outcome">
        <Tag className={tagClasses[outcome.kind]}>{clinicListWords[outcome.kind]}</Tag>
        <Reason outcome={outcome} opens={opens} />
      </td>
      <td className="nowrap" data-label="Time">
        {at !== undefined && <DateShown date={at} />}
      </td>
      <td className="clinic-list__open">
        {opens && (
          <button type="button" className="small-button" onClick={() => onOpen(line)}>
            Open<span className="nhsuk-u-visually-hidden"> the result of {name}</span>
          </button>
        )}
      </td>
    </tr>
  );
}

/** A row that opens has the rest on its result. */
function Reason({ outcome, opens }: Pick<ClinicListRow, 'outcome' | 'opens'>): ReactNode {
  switch (outcome.kind) {
    case 'denied':
    case 'could-not-check':
      return (
        <div className="clinic-list__reason">
          {outcome.fault.happened}
          {!opens && ` ${outcome.fault.action} Support reference ${outcome.fault.reference}`}
        </div>
      );
    case 'by-hand':
      return <div className="clinic-list__reason">{outcome.why}</div>;
    case 'found':
      return outcome.warned ? <div className="clinic-list__reason">{warnedInList}</div> : null;
    case 'waiting':
    case 'checking':
    case 'no-record':
    case 'not-checked':
      return null;
  }
}
