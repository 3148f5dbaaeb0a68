/** H21: names whom to phone when the viewer cannot answer. */
import type { ReactNode } from 'react';
import { phoneWords } from '../../shared/fault.ts';
import { ChildrensServicesLink } from './childrens-services-link.tsx';

export function ContactSafeguardingNotice(): ReactNode {
  return (
    <p>
      <strong>{phoneWords.now}</strong> {phoneWords.outOfHours} <ChildrensServicesLink />
    </p>
  );
}
