/** What the clinician does next, beside every outcome; the site's own contacts and procedure are among it. */
import type { ReactNode } from 'react';
import type { CarePlanView, PhoneNumber } from '../../../shared/clinical/cp-is.ts';
import type { PatientNote } from '../../../shared/clinical/patient.ts';
import { cautionsWithoutRecord } from '../../../shared/outcome-words.ts';
import type { SiteHelp } from '../../../shared/site-help.ts';
import { ChildrensServicesLink } from '../../components/childrens-services-link.tsx';
import { ContactSafeguardingNotice } from '../../components/contact-safeguarding-notice.tsx';
import { ContactItems, ProcedureItem } from '../../components/site-help.tsx';

interface Props {
  readonly siteHelp: SiteHelp;
}

/** Beside "CP-IS record found". H7: where a record lacks a number that can be used, there is another way to it. */
export function WhatToDoWithRecord({
  siteHelp,
  plans,
}: Props & { readonly plans: readonly CarePlanView[] }): ReactNode {
  const hasEach = plans.every(
    ({ officeHours, emergencyDutyTeam }) => officeHours.some(isUsable) && emergencyDutyTeam.some(isUsable),
  );
  return (
    <WhatToDo>
      <li>
        <strong>If you are worried about this child, phone the local authority.</strong>{' '}
        {hasEach ? (
          'Its numbers are with the record.'
        ) : (
          <>
            Not every number that you may need is with the record. <ChildrensServicesLink />
          </>
        )}
      </li>
      <ContactItems contacts={siteHelp.contacts} />
      <ProcedureItem siteHelp={siteHelp} />
    </WhatToDo>
  );
}

function isUsable({ copy, looksIncomplete, validity }: PhoneNumber): boolean {
  return copy !== undefined && !looksIncomplete && validity === undefined;
}

/** H1, H8: actions, and what CP-IS cannot show. Nothing here comforts. */
export function WhatToDoWithoutRecord({
  siteHelp,
  notes,
}: Props & { readonly notes: readonly PatientNote[] }): ReactNode {
  return (
    <WhatToDo>
      <li>
        <strong>
          If you are worried about this child, phone the local authority's children's services now.
        </strong>{' '}
        <ChildrensServicesLink />
      </li>
      <ContactItems contacts={siteHelp.contacts} />
      {siteHelp.procedure === undefined ? (
        <li>Follow your safeguarding procedure.</li>
      ) : (
        <ProcedureItem siteHelp={siteHelp} />
      )}
      {cautionsWithoutRecord(notes).map((caution) => (
        <li key={caution}>{caution}</li>
      ))}
      <li>CP-IS does not show brothers and sisters, or a plan made today.</li>
    </WhatToDo>
  );
}

/** H2, H21: the phone first, then another way to check. `action`: what the fault says to do. */
export function WhatToDoWithoutAnswer({ siteHelp, action }: Props & { readonly action: string }): ReactNode {
  return (
    <WhatToDo>
      <ContactItems contacts={siteHelp.contacts} />
      <li>
        <ContactSafeguardingNotice />
      </li>
      <ProcedureItem siteHelp={siteHelp} />
      <li>You can also check in the National Care Records Service (NCRS).</li>
      <li>{action}</li>
    </WhatToDo>
  );
}

function WhatToDo({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <section className="what-to-do" aria-labelledby="what-to-do">
      <h2 id="what-to-do">What to do now</h2>
      <ul>{children}</ul>
    </section>
  );
}
