import { SummaryList } from 'nhsuk-react-components';
import type { ReactNode } from 'react';
import { describeDeath } from '../../../shared/clinical/describe-death.ts';
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
  const death = describeDeath(banner.death);
  const rows: readonly (readonly [string, ReactNode])[] = [
    ['Name', banner.name],
    ['Born', <DateShown key="born" date={banner.born} />],
    ...(death === undefined ? [] : [[death.name, <DateShown key="death" date={death.value} />] as const]),
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
