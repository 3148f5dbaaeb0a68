/** The clinic list as the main process has it: the page keeps no outcome of its own. */
import { useEffect, useState } from 'react';
import type { ClinicListView } from '../../shared/clinic-list.ts';
import { ask } from '../bridge.ts';
import { follow } from './follow.ts';

/** `undefined`: there is none. */
export function useClinicList(): ClinicListView | undefined {
  const [view, setView] = useState<ClinicListView>();
  useEffect(
    () =>
      follow<ClinicListView | undefined>(
        () => ask('clinicList.read', undefined),
        (listener) => window.viewer.on('clinicList.changed', listener),
        (state) => state.ok && setView(state.value),
      ),
    [],
  );
  return view;
}
