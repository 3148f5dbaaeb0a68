/** The notice that the viewer locks soon, as the main process sends it. */
import { useEffect, useState } from 'react';
import type { LockNotice } from '../../shared/session.ts';
import { ask } from '../bridge.ts';
import { follow } from './follow.ts';

export function useLockNotice(): LockNotice | undefined {
  const [notice, setNotice] = useState<LockNotice>();
  useEffect(
    () =>
      follow<LockNotice | undefined>(
        () => ask('lockNotice.read', undefined),
        (listener) => window.viewer.on('lockNotice.changed', listener),
        (state) => state.ok && setNotice(state.value),
      ),
    [],
  );
  return notice;
}
