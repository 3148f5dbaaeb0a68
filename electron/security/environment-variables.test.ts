/** By their effect on a released viewer: `e2e/package/variables.spec.ts`. */
import { expect, test } from 'vitest';
import { forgetVariables, refusedVariables } from './environment-variables.ts';

test('what Electron reads too early to be taken away is refused by its name, whatever its value', () => {
  expect(refusedVariables({ PATH: '/bin', ELECTRON_DISABLE_SANDBOX: '' })).toEqual([
    'ELECTRON_DISABLE_SANDBOX',
  ]);
  expect(refusedVariables({ ELECTRON_LOG_FILE: '/x', ELECTRON_ENABLE_LOGGING: 'file' })).toEqual([
    'ELECTRON_ENABLE_LOGGING',
    'ELECTRON_LOG_FILE',
  ]);
});

test('what is read later is taken away and stops nobody; the rest stays', () => {
  const variables: Record<string, string | undefined> = {
    PATH: '/bin',
    https_proxy: 'http://proxy:8080',
    SSLKEYLOGFILE: '/keys',
    NODE_TLS_REJECT_UNAUTHORIZED: '0',
  };
  expect(refusedVariables(variables)).toEqual([]);
  forgetVariables(variables);
  expect(variables).toEqual({ PATH: '/bin', https_proxy: 'http://proxy:8080' });
});
