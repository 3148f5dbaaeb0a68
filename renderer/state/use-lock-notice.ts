import type { LockNotice } from '../../shared/session.ts';
import { ask } from '../bridge.ts';
import { useFollowed } from './follow.ts';

const read = () => ask('lockNotice.read', undefined);
const on = (listener: (value: LockNotice | undefined) => void) =>
  window.viewer.on('lockNotice.changed', listener);

/** The notice that the viewer locks soon, as the main process sends it. */
export function useLockNotice(): LockNotice | undefined {
  return useFollowed<LockNotice | undefined>(undefined, read, on);
}
