import type { ReactNode } from 'react';
import type { Fault } from '../../shared/fault.ts';
import { CopyButton } from './copy-button.tsx';
import { StrongerSignIn } from './stronger-sign-in.tsx';

/** A fault: what happened, what to do, and the reference that the support team asks for. */
export function FaultDetail({ fault }: { readonly fault: Fault }): ReactNode {
  return (
    <>
      <p className="fault__happened">{fault.happened}</p>
      <p className="fault__action">{fault.action}</p>
      <StrongerSignIn fault={fault} />
      <SupportReference reference={fault.reference} />
    </>
  );
}

/** The reference of a fault, to be read out to the support team. */
export function SupportReference({ reference }: { readonly reference: string }): ReactNode {
  if (reference === '') return null;
  return (
    <p className="reference">
      Support reference <span className="reference__text">{reference}</span>{' '}
      <CopyButton text={reference} what="support reference" />
    </p>
  );
}
