/** Loads the Care Identity client at the first sign-in: openid-client is a sixth of the main process's code. */
import { makeFault, signInDetails } from '../../shared/fault.ts';
import { newReference } from '../diagnostics/reference.ts';
import type { Cis2, Cis2Dependencies } from './cis2.ts';

type LoadCis2 = () => Promise<Pick<typeof import('./cis2.ts'), 'createCis2'>>;

export function createLazyCis2(
  dependencies: Cis2Dependencies,
  load: LoadCis2 = () => import('./cis2.ts'),
): Cis2 {
  let loading: Promise<Cis2> | undefined;
  return {
    async signIn(request) {
      loading ??= load().then(({ createCis2 }) => createCis2(dependencies));
      let cis2: Cis2;
      try {
        cis2 = await loading;
      } catch {
        // The next sign-in loads it again: a virus scanner may have released the file, or a network share returned.
        loading = undefined;
        return {
          kind: 'refused',
          fault: makeFault('internal', newReference('sign-in code'), signInDetails.notLoaded),
        };
      }
      return cis2.signIn(request);
    },
    async end(tokens, reason) {
      const cis2 = await loading?.catch(() => undefined);
      return cis2?.end(tokens, reason) ?? [];
    },
  };
}
