/** The notice that the viewer locks soon, as the main process sends it. */
import { useEffect, useState } from 'react';
import type { LockNotice } from '../../shared/session.ts';
import { ask } from '../bridge.ts';

export function useLockNotice(): LockNotice | undefined {
  const [notice, setNotice] = useState<LockNotice>();
  useEffect(() => {
    const stop = window.viewer.on('lockNotice.changed', setNotice);
    void ask('lockNotice.read', undefined).then((reply) => {
      if (reply.ok) setNotice(reply.value);
    });
    return stop;
  }, []);
  return notice;
}
