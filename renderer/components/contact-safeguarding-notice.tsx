/** H21: names whom to telephone when the viewer cannot answer. */
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
