import type { LaunchView } from '../../shared/launch.ts';
import { ask } from '../bridge.ts';
import { useFollowed } from './follow.ts';

const read = () => ask('launch.read', undefined);
const on = (listener: (value: LaunchView) => void) => window.viewer.on('launch.changed', listener);

/** The state of a launch from the record system, as the main process sends it. */
export function useLaunch(): LaunchView {
  return useFollowed<LaunchView>({ kind: 'none' }, read, on);
}
