import { type ReactNode, useContext } from 'react';
import type { Fault } from '../../shared/fault.ts';
import { SignInStronger } from '../state/sign-in-stronger.ts';
import { Button } from './button.tsx';

/** Offers the stronger sign-in at once where a service refused the one that the user has. */
export function StrongerSignIn({ fault }: { readonly fault: Fault }): ReactNode {
  const signIn = useContext(SignInStronger);
  if (signIn === undefined || fault.kind !== 'assurance-too-low') return null;
  return <Button onClick={signIn}>Sign in again now</Button>;
}
