/** One plan: what it is and whether it is in force (H6, H8), and whom to phone at which hour (H7). */
import type { ReactNode } from 'react';
import type { CarePlanView, PhoneNumber, PlanStatus } from '../../../shared/clinical/cp-is.ts';
import { CopyButton } from '../../components/copy-button.tsx';
import { DateShown } from '../../components/date-shown.tsx';

/** The text gives the status; the colour repeats it. */
const tagColours: Readonly<Record<PlanStatus, string>> = {
  current: 'plan__tag--current',
  ended: 'nhsuk-tag--grey',
  future: 'nhsuk-tag--white',
  unknown: 'nhsuk-tag--yellow',
};

interface Props {
  readonly plan: CarePlanView;
  readonly id: string;
}

export function PlanCard({ plan, id }: Props): ReactNode {
  return (
    <article className={`plan plan--${plan.status}`} aria-labelledby={`${id}-title`}>
      <div className="plan__what">
        <div className="plan__heading">
          <h2 className="plan__title" id={`${id}-title`}>
            {plan.title}
          </h2>{' '}
          <strong className={`nhsuk-tag ${tagColours[plan.status]}`}>{plan.statusText}</strong>
        </div>
        <dl className="plan__facts">
          <div>
            <dt>Local authority</dt>
            <dd className="plan__authority">{plan.localAuthority}</dd>
          </div>
          <div>
            <dt>Start</dt>
            <dd>
              <DateShown date={plan.start} />
            </dd>
          </div>
          <div>
            <dt>End</dt>
            <dd>
              <DateShown date={plan.end} />
            </dd>
          </div>
        </dl>
      </div>
      <dl className="plan__phones">
        <Phones purpose="Office hours" numbers={plan.officeHours} />
        <Phones purpose="Emergency duty team (out of hours)" numbers={plan.emergencyDutyTeam} />
        {plan.otherContacts.map(({ purpose, number }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: purposes may repeat, and contacts never move
          <Phones key={index} purpose={purpose} numbers={[number]} />
        ))}
      </dl>
    </article>
  );
}

interface PhonesProps {
  readonly purpose: string;
  readonly numbers: readonly PhoneNumber[];
}

function Phones({ purpose, numbers }: PhonesProps): ReactNode {
  return (
    <div className="phones">
      <dt>{purpose}</dt>
      {numbers.length === 0 && <dd>Not recorded</dd>}
      {numbers.map(({ text, copy }) => (
        <dd key={text} className="phone">
          <span className="phone__number">{text}</span>{' '}
          <CopyButton text={copy} what={`${purpose} number ${text}`} />
        </dd>
      ))}
    </div>
  );
}
