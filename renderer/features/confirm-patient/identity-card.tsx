import { SummaryList } from 'nhsuk-react-components';
import type { ReactNode } from 'react';
import type { PatientBannerText } from '../../../shared/clinical/patient.ts';
import { DateShown } from '../../components/date-shown.tsx';

interface Props {
  readonly banner: PatientBannerText;
}

/**
 * H3: the patient to be compared with the person who is here, large, in the order of a wristband. In a small window it takes
 * the form and the place of the banner, so that it stays in view down to "Check CP-IS".
 */
export function IdentityCard({ banner }: Props): ReactNode {
  const rows: readonly (readonly [string, ReactNode])[] = [
    ['Name', banner.name],
    ['Born', <DateShown key="born" date={banner.born} />],
    ...(banner.died === undefined ? [] : [['Died', <DateShown key="died" date={banner.died} />] as const]),
    ['Gender', banner.gender],
    [
      'NHS No.',
      <span key="number" className="nowrap">
        {banner.nhsNumber}
      </span>,
    ],
  ];
  return (
    <section className="identity-card" aria-label="Patient">
      <SummaryList noBorder className="identity-card__rows">
        {rows.map(([name, value]) => (
          <SummaryList.Row key={name}>
            <SummaryList.Key>{name}</SummaryList.Key>
            <SummaryList.Value>{value}</SummaryList.Value>
          </SummaryList.Row>
        ))}
      </SummaryList>
    </section>
  );
}
