import type { ReactNode } from 'react';
import { phoneWords } from '../../shared/fault.ts';
import { ChildrensServicesLink } from './childrens-services-link.tsx';

/** H21: names whom to phone when the viewer cannot answer. */
export function ContactSafeguardingNotice(): ReactNode {
  return (
    <p>
      <strong>{phoneWords.now}</strong> {phoneWords.outOfHours} <ChildrensServicesLink />
    </p>
  );
}
