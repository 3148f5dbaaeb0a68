import { useCallback, useEffect, useRef, useState } from 'react';
import type { Reply, Request } from '../../shared/contract.ts';
import type { Fault } from '../../shared/fault.ts';
import type { SessionView } from '../../shared/session.ts';
import { ask } from '../bridge.ts';

type SessionRequest =
  | 'session.read'
  | 'session.signIn'
  | 'session.chooseRole'
  | 'session.changeRole'
  | 'session.signInAgain'
  | 'session.lock'
  | 'session.signOut';

export type SessionCommand = <Name extends SessionRequest>(name: Name, request: Request<Name>) => void;

export interface SessionFeed {
  /** `undefined` until the main process has answered once. */
  readonly session: SessionView | undefined;
  /** Why the last command failed. */
  readonly fault: Fault | undefined;
  readonly command: SessionCommand;
}

/** The state of the session, as the main process sends it. The renderer never decides whether a user is signed in. */
export function useSession(): SessionFeed {
  const [session, setSession] = useState<SessionView>();
  const [fault, setFault] = useState<Fault>();
  const changes = useRef(0);

  const command = useCallback<SessionCommand>((name, request) => {
    setFault(undefined);
    const before = changes.current;
    const apply = (reply: Reply<SessionRequest>): void => {
      if (!reply.ok) setFault(reply.fault);
      // A reply may come after a change that is newer than it. Where a lock's is dropped, the page is about to be replaced.
      else if (changes.current === before) setSession(reply.value);
    };
    void ask(name, request).then(apply);
  }, []);

  useEffect(() => {
    const stop = window.viewer.on('session.changed', (view) => {
      changes.current += 1;
      setFault(undefined);
      setSession(view);
    });
    command('session.read', undefined);
    return stop;
  }, [command]);

  return { session, fault, command };
}
