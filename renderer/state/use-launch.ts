/** The state of a launch from the record system, as the main process sends it. */
import { useEffect, useState } from 'react';
import type { LaunchView } from '../../shared/launch.ts';
import { ask } from '../bridge.ts';
import { follow } from './follow.ts';

export function useLaunch(): LaunchView {
  const [launch, setLaunch] = useState<LaunchView>({ kind: 'none' });
  useEffect(
    () =>
      follow<LaunchView>(
        () => ask('launch.read', undefined),
        (listener) => window.viewer.on('launch.changed', listener),
        (state) => state.ok && setLaunch(state.value),
      ),
    [],
  );
  return launch;
}
