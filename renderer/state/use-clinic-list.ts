/** The clinic list as the main process has it: the page keeps no outcome of its own. */
import { useEffect, useState } from 'react';
import type { ClinicListView } from '../../shared/clinic-list.ts';
import { ask } from '../bridge.ts';

/** `undefined`: there is none. */
export function useClinicList(): ClinicListView | undefined {
  const [view, setView] = useState<ClinicListView>();
  useEffect(() => {
    /** A list that was dropped meanwhile does not come back with the reply (H10). */
    let hasChanged = false;
    const stop = window.viewer.on('clinicList.changed', (changed) => {
      hasChanged = true;
      setView(changed);
    });
    void ask('clinicList.read', undefined).then((reply) => {
      if (reply.ok && !hasChanged) setView(reply.value);
    });
    return stop;
  }, []);
  return view;
}
