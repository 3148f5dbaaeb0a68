/** The clinic list as the main process has it: the page keeps no outcome of its own. */
import type { ClinicListView } from '../../shared/clinic-list.ts';
import { ask } from '../bridge.ts';
import { useFollowed } from './follow.ts';

const read = () => ask('clinicList.read', undefined);
const on = (listener: (value: ClinicListView | undefined) => void) =>
  window.viewer.on('clinicList.changed', listener);

/** `undefined`: there is none. */
export function useClinicList(): ClinicListView | undefined {
  return useFollowed<ClinicListView | undefined>(undefined, read, on);
}
