/** The patients that a search found. Choosing one traces it: the banner of Confirm is what counts (H3). */
import { type ReactNode, useEffect, useRef } from 'react';
import type { PatientMatch } from '../../../shared/clinical/patient.ts';
import { DateShown } from '../../components/date-shown.tsx';

interface Props {
  readonly matches: readonly PatientMatch[];
  readonly busy: boolean;
  readonly onChoose: (nhsNumber: string) => void;
}

export function Matches({ matches, busy, onChoose }: Props): ReactNode {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus();
    // H3: the second of two twins must not lie below the edge of the window.
    heading.current?.scrollIntoView({ block: 'start' });
  }, []);
  return (
    <section className="matches">
      <h2 id="matches-heading" ref={heading} tabIndex={-1}>
        {matches.length === 1 ? '1 patient matches' : `${matches.length} patients match`}
      </h2>
      <table className="nhsuk-table table" aria-labelledby="matches-heading">
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Born</th>
            <th scope="col">Gender</th>
            <th scope="col">NHS No.</th>
            <th scope="col">
              <span className="nhsuk-u-visually-hidden">Action</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {matches.map(({ nhsNumber, banner }) => (
            <tr key={nhsNumber}>
              <th scope="row">{banner.name}</th>
              <td data-label="Born">
                <DateShown date={banner.born} />
              </td>
              <td data-label="Gender">{banner.gender}</td>
              <td className="nowrap" data-label="NHS No.">
                {banner.nhsNumber}
              </td>
              <td>
                <button
                  type="button"
                  className="small-button"
                  aria-disabled={busy || undefined}
                  onClick={() => {
                    if (!busy) onChoose(nhsNumber);
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
          ))}
        </tbody>
      </table>
    </section>
  );
}
