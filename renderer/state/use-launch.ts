/** The state of a launch from the record system, as the main process sends it. */
import { useEffect, useState } from 'react';
import type { LaunchView } from '../../shared/launch.ts';
import { ask } from '../bridge.ts';

export function useLaunch(): LaunchView {
  const [launch, setLaunch] = useState<LaunchView>({ kind: 'none' });
  useEffect(() => {
    const stop = window.viewer.on('launch.changed', setLaunch);
    void ask('launch.read', undefined).then((reply) => {
      if (reply.ok) setLaunch(reply.value);
    });
    return stop;
  }, []);
  return launch;
}
