import type { ReactNode } from 'react';
import type { Notice } from '../../../shared/application.ts';
import { ContactSafeguardingNotice } from '../../components/contact-safeguarding-notice.tsx';

interface Props {
  readonly notices: readonly Notice[];
  /** `fault`: the screen shows a fault, which names whom to phone already. */
  readonly beside?: 'fault' | undefined;
}

/** The notices of this installation for every user. */
export function Notices({ notices, beside }: Props): ReactNode {
  if (notices.length === 0) return null;
  return (
    <>
      <ul className="notices" aria-label="Notices">
        {notices.map(({ text }) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
      {beside === undefined && notices.some(({ preventsLookups }) => preventsLookups) && (
        <ContactSafeguardingNotice />
      )}
    </>
  );
}
