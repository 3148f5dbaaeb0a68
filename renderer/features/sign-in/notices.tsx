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
      <section className="notices" aria-label="Notices">
        {notices.length === 1 ? (
          <p>{notices[0]?.text}</p>
        ) : (
          <ul>
            {notices.map(({ text }) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        )}
      </section>
      {beside === undefined && notices.some(({ preventsLookups }) => preventsLookups) && (
        <ContactSafeguardingNotice />
      )}
    </>
  );
}
