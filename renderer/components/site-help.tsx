/** Whom the site names to phone, and the link to its procedure (policies `safeguardingContacts`, `localProcedure`). */
import { type ReactNode, useState } from 'react';
import type { SiteContact, SiteHelp } from '../../shared/site-help.ts';
import { ask } from '../bridge.ts';

interface Props {
  readonly siteHelp: SiteHelp;
}

/** On the screens without an answer: Sign in and Locked. */
export function SiteContacts({ siteHelp }: Props): ReactNode {
  if (siteHelp.contacts.length === 0 && siteHelp.procedure === undefined) return null;
  return (
    <section className="site-contacts" aria-labelledby="site-contacts">
      <h2 id="site-contacts">Safeguarding contacts</h2>
      <ul>
        <ContactItems contacts={siteHelp.contacts} />
        <ProcedureItem siteHelp={siteHelp} />
      </ul>
    </section>
  );
}

/** List items, in the order of the policy. */
export function ContactItems({ contacts }: { readonly contacts: readonly SiteContact[] }): ReactNode {
  return contacts.map(({ name, phone, hours }) => (
    <li key={`${name} ${phone}`}>
      <strong>{name}</strong> <strong className="site-contacts__phone">{phone}</strong>
      {hours !== undefined && ` (${hours})`}
    </li>
  ));
}

/** A list item that opens the procedure in the browser, and says where it could not; nothing where the site has none. */
export function ProcedureItem({ siteHelp }: Props): ReactNode {
  const [failed, setFailed] = useState(false);
  if (siteHelp.procedure === undefined) return null;
  const open = async (): Promise<void> => {
    const reply = await ask('link.open', { id: 'local-procedure' });
    setFailed(!reply.ok);
  };
  return (
    <li>
      <button type="button" className="link-button" onClick={() => void open()}>
        {siteHelp.procedure} (opens your browser)
      </button>{' '}
      <span role="status">{failed && 'Could not open your browser.'}</span>
    </li>
  );
}
