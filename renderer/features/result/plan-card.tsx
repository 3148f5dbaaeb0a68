import { SummaryList, Tag } from 'nhsuk-react-components';
import type { ReactNode } from 'react';
import type { CarePlanView, PhoneNumber, PlanStatus } from '../../../shared/clinical/cp-is.ts';
import { CopyButton } from '../../components/copy-button.tsx';
import { DateShown } from '../../components/date-shown.tsx';

/** The text gives the status; the colour repeats it. */
const tagClasses: Readonly<Record<PlanStatus, string>> = {
  current: 'plan__tag--current',
  ended: 'nhsuk-tag--grey',
  future: 'nhsuk-tag--white',
  unknown: 'nhsuk-tag--yellow',
};

interface Props {
  readonly plan: CarePlanView;
  readonly id: string;
  readonly outOfHours: boolean;
}

/** One record: what it is and whether it is in force (H6, H8), whom to phone at which hour (H7), and the facts. */
export function PlanCard({ plan, id, outOfHours }: Props): ReactNode {
  const hasEnded = plan.status === 'ended';
  return (
    <article className={`plan plan--${plan.status}`} aria-labelledby={`${id}-title`}>
      {/* H6: the status is part of the name. */}
      <h2 className="plan__title" id={`${id}-title`}>
        {plan.title} <Tag className={tagClasses[plan.status]}>{plan.statusText}</Tag>
      </h2>
      <dl className="plan__phones">
        <Phones
          purpose="Emergency duty team"
          hours="(out of hours)"
          numbers={plan.emergencyDutyTeam}
          now={outOfHours && !hasEnded}
        />
        <Phones purpose="Office hours" numbers={plan.officeHours} />
        {plan.otherContacts.map(({ purpose, number }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: purposes may repeat, and contacts never move
          <Phones key={index} purpose={purpose} numbers={[number]} />
        ))}
      </dl>
      <SummaryList noBorder className="plan__facts">
        <SummaryList.Row>
          <SummaryList.Key>Local authority</SummaryList.Key>
          <SummaryList.Value className="plan__authority">{plan.localAuthority}</SummaryList.Value>
        </SummaryList.Row>
        <SummaryList.Row>
          <SummaryList.Key>Start</SummaryList.Key>
          <SummaryList.Value>
            <DateShown date={plan.start} />
          </SummaryList.Value>
        </SummaryList.Row>
        <SummaryList.Row>
          <SummaryList.Key>End</SummaryList.Key>
          <SummaryList.Value>
            <DateShown date={plan.end} />
          </SummaryList.Value>
        </SummaryList.Row>
      </SummaryList>
    </article>
  );
}

interface PhonesProps {
  readonly purpose: string;
  readonly hours?: string;
  readonly numbers: readonly PhoneNumber[];
  /** The number for this hour, where that is certain. */
  readonly now?: boolean;
}

function Phones({ purpose, hours, numbers, now = false }: PhonesProps): ReactNode {
  const name = hours === undefined ? purpose : `${purpose} ${hours}`;
  const noneInUse =
    numbers.length > 0 && numbers.every(({ copy, validity }) => copy === undefined || validity !== undefined);
  return (
    <div className="phones">
      <dt>
        {purpose} {hours !== undefined && <span className="nowrap">{hours}</span>}{' '}
        {now && !noneInUse && <strong className="out-of-hours">Out of hours now</strong>}
      </dt>
      {numbers.length === 0 && <dd>Not recorded</dd>}
      {numbers.map(({ text, copy, looksIncomplete, validity }) => (
        <dd key={text} className={validity === undefined ? 'phone' : 'phone phone--not-in-use'}>
          <span className="phone__number">{text}</span>{' '}
          {copy !== undefined && <CopyButton text={copy} what={`${name} number ${text}`} />}
          {looksIncomplete && <span className="phone__warning">This number looks incomplete.</span>}
          {validity !== undefined && (
            <span className="phone__warning">
              <DateShown date={validity} />
            </span>
          )}
        </dd>
      ))}
    </div>
  );
}
