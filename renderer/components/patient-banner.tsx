import type { ReactNode } from 'react';
import { describeDeath } from '../../shared/clinical/describe-death.ts';
import type { PatientBannerText } from '../../shared/clinical/patient.ts';
import { DateShown } from './date-shown.tsx';

interface Props {
  readonly banner: PatientBannerText;
  readonly children?: ReactNode;
}

/** The patient's identity, in the order and form of the NHS Common User Interface standard; always in view (H3). */
export function PatientBanner({ banner, children }: Props): ReactNode {
  const death = describeDeath(banner.death);
  return (
    <section className="patient-banner" aria-label="Patient">
      <dl className="patient-banner__items">
        <div className="patient-banner__name">
          <dt className="nhsuk-u-visually-hidden">Name</dt>
          <dd>{banner.name}</dd>
        </div>
        <div>
          <dt>Born</dt>
          <dd>
            <DateShown date={banner.born} />
          </dd>
        </div>
        {death !== undefined && (
          <div>
            <dt>{death.name}</dt>
            <dd>
              <DateShown date={death.value} />
            </dd>
          </div>
        )}
        <div>
          <dt>Gender</dt>
          <dd>{banner.gender}</dd>
        </div>
        <div>
          <dt>NHS No.</dt>
          <dd className="patient-banner__number">{banner.nhsNumber}</dd>
        </div>
      </dl>
      {children}
    </section>
  );
}
