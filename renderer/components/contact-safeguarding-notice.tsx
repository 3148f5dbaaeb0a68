/** H21: whatever cannot be done here, the way to somebody who knows. */
import type { ReactNode } from 'react';
import { telephoneWords } from '../../shared/fault.ts';
import { ChildrensServicesLink } from './childrens-services-link.tsx';

export function ContactSafeguardingNotice(): ReactNode {
  return (
    <p>
      <strong>{telephoneWords.now}</strong> {telephoneWords.outOfHours} <ChildrensServicesLink />
    </p>
  );
}
