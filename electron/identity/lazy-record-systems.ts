import { makeFault } from '../../shared/fault.ts';
import { newReference } from '../diagnostics/reference.ts';
import type { AskRecordSystem, RecordSystemsDependencies } from './record-systems.ts';

/** Loads the client of the record systems at the first SMART launch, as `lazy-cis2.ts` does at the first sign-in. */
export function createLazyRecordSystems(dependencies: RecordSystemsDependencies): AskRecordSystem {
  let loading: Promise<AskRecordSystem> | undefined;
  return async (link, signal) => {
    loading ??= import('./record-systems.ts').then(({ createRecordSystems }) =>
      createRecordSystems(dependencies),
    );
    try {
      return await (await loading)(link, signal);
    } catch {
      // The next launch loads it again.
      loading = undefined;
      return { kind: 'failed', fault: makeFault('internal', newReference('launch code')) };
    }
  };
}
