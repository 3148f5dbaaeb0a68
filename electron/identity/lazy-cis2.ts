import { makeFault, signInDetails } from '../../shared/fault.ts';
import { newReference } from '../diagnostics/reference.ts';
import type { Cis2, Cis2Dependencies } from './cis2.ts';

type LoadCis2 = () => Promise<Pick<typeof import('./cis2.ts'), 'createCis2'>>;

/** Loads the Care Identity client once the window has painted: openid-client is a sixth of the main process's code. */
export function createLazyCis2(
  dependencies: Cis2Dependencies,
  load: LoadCis2 = () => import('./cis2.ts'),
): Cis2 {
  let loading: Promise<Cis2> | undefined;

  async function loaded(): Promise<Cis2 | undefined> {
    loading ??= load().then(({ createCis2 }) => createCis2(dependencies));
    try {
      return await loading;
    } catch {
      // The next call loads it again: a virus scanner may have released the file, or a network share returned.
      loading = undefined;
      return undefined;
    }
  }

  return {
    prepare: async () => (await loaded())?.prepare() ?? false,
    async signIn(request) {
      const cis2 = await loaded();
      if (cis2 !== undefined) return cis2.signIn(request);
      return {
        kind: 'refused',
        fault: makeFault('internal', newReference('sign-in code'), signInDetails.notLoaded),
      };
    },
    async end(tokens, reason) {
      const cis2 = await loading?.catch(() => undefined);
      return cis2?.end(tokens, reason) ?? [];
    },
  };
}
