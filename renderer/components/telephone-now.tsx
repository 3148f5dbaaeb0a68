/** H21: whatever cannot be done here, the way to somebody who knows. */
import type { ReactNode } from 'react';
import { ChildrensServicesLink } from './childrens-services-link.tsx';

export function TelephoneNow(): ReactNode {
  return (
    <p>
      <strong>If you need to know now, telephone the local authority's children's services.</strong> At night,
      weekends and bank holidays, ask for the emergency duty team. <ChildrensServicesLink />
    </p>
  );
}
