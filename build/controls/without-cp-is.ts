/** H21: CP-IS cannot be asked when it is needed, and the user learns what to do. */
import type { Control } from './control.ts';

export const withoutCpIs: readonly Control[] = [
  {
    hazard: 'H21',
    control:
      'So does what is found out before anybody asks, and keeps everybody from asking: a key that cannot sign, an audit trail that cannot be written',
    file: 'renderer/features/sign-in/notices.tsx',
    find: 'notices.some(({ preventsLookups }) => preventsLookups) && <TelephoneNow />',
    replace: 'false',
    testFile: 'renderer/components/telephone-now.test.tsx',
    test: 'H21: a failure before the answer says to telephone A notice that nobody can be looked up',
  },
  {
    hazard: 'H21',
    control: "A wrong PIN is tried once from the viewer's start to its end, so that no token locks itself",
    file: 'electron/identity/signers/pkcs11/token-processes.ts',
    find: 'onPinTried: (pin) => failedPins.set(token, pin),',
    replace: 'onPinTried: () => {},',
    testFile: 'electron/identity/signers/pkcs11/pkcs11.test.ts',
    test: 'H21: a wrong PIN is tried once from the viewer’s start to its end also where the process of its library has been replaced',
  },
];
