import { useEffect, useEffectEvent, useState } from 'react';
import { ask } from '../../bridge.ts';
import type { LookupState } from '../../state/lookup.ts';
import type { SessionCommand } from '../../state/use-session.ts';
import type { Leaving } from './close.tsx';

export interface LeavingState {
  /** What the user is asked about. */
  readonly asked: Leaving | undefined;
  readonly leave: (leaving: Leaving) => void;
  readonly confirm: () => void;
  readonly cancel: () => void;
}

/** Asks once before the user leaves an open answer or a clinic list by "Sign out", "Change role" or the window's close button. */
export function useLeaving(lookup: LookupState, hasList: boolean, command: SessionCommand): LeavingState {
  const [asked, setAsked] = useState<Leaving>();
  const isAnswerOpen =
    lookup.at === 'patient' && (lookup.answer !== undefined || lookup.question !== undefined);

  const go = (leaving: Leaving): void => {
    setAsked(undefined);
    switch (leaving) {
      case 'change-role':
        command('session.changeRole', undefined);
        break;
      case 'sign-out':
        command('session.signOut', undefined);
        break;
      case 'close':
        void ask('window.close', { answer: 'close' });
        break;
    }
  };
  const leave = (leaving: Leaving): void => {
    if (isAnswerOpen || hasList) setAsked(leaving);
    else go(leaving);
  };

  const onCloseAsked = useEffectEvent(() => leave('close'));
  useEffect(() => window.viewer.on('window.closeAsked', () => onCloseAsked()), []);

  return {
    asked,
    leave,
    confirm: () => {
      if (asked !== undefined) go(asked);
    },
    cancel: () => {
      if (asked === 'close') void ask('window.close', { answer: 'stay' });
      setAsked(undefined);
    },
  };
}
