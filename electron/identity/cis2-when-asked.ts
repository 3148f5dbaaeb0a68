/** Care Identity, loaded when somebody signs in: nobody needs openid-client, a sixth of the main process, before that. */
import type { Cis2, Cis2Dependencies } from './cis2.ts';

export function createCis2WhenAsked(dependencies: Cis2Dependencies): Cis2 {
  let loading: Promise<Cis2> | undefined;
  return {
    async signIn(request) {
      loading ??= import('./cis2.ts').then(({ createCis2 }) => createCis2(dependencies));
      const cis2 = await loading;
      return cis2.signIn(request);
    },
  };
}
