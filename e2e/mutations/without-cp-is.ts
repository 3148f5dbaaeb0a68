/** H21: CP-IS cannot be asked when it is needed, and the user learns what to do. */
import type { Control } from './control.ts';

export const withoutCpIs: readonly Control[] = [
  {
    hazard: 'H21',
    control:
      'So does what is found out before anybody asks, and keeps everybody from asking: a key that cannot sign, an audit trail that cannot be written',
    file: 'renderer/features/sign-in/notices.tsx',
    find: '        <ContactSafeguardingNotice />\n',
    replace: 'false',
    testFile: 'renderer/components/contact-safeguarding-notice.test.tsx',
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
  {
    hazard: 'H21',
    control: "Every failure says what happened, that nothing is known, and to telephone children's services",
    file: 'renderer/features/result/no-answer.tsx',
    find: '          <ContactSafeguardingNotice />\n',
    replace: '',
    testFile: 'renderer/components/contact-safeguarding-notice.test.tsx',
    test: 'H21: a failure before the answer says to telephone What is not an answer, whatever the fault',
  },
  {
    hazard: 'H21',
    control:
      'A failure before the answer (sign-in, choice of role, lock, settings) says to telephone too, and says it nowhere else',
    file: 'renderer/components/contact-safeguarding-notice.tsx',
    find: '<strong>{telephoneWords.now}</strong>',
    replace: '',
    testFile: 'renderer/components/contact-safeguarding-notice.test.tsx',
    test: 'H21: a failure before the answer says to telephone',
  },
  {
    hazard: 'H21',
    control: 'No screen that shows a fault is without it',
    file: 'renderer/features/choose-role/choose-role.tsx',
    find: '            <ContactSafeguardingNotice />\n',
    replace: '',
    testFile: 'build/controls/telephone.test.ts',
    test: 'H21: every screen that shows a fault says to telephone',
  },
  {
    hazard: 'H21',
    control: 'The time left of the session is on every screen, and its end is announced',
    file: 'renderer/app/time-left.ts',
    find: 'const announcedAt = [10, 5, 2, 1];',
    replace: 'const announcedAt = [0];',
    testFile: 'renderer/app/time-left.test.ts',
    test: 'H21: the end is announced near it, and only at a few moments',
  },
  {
    hazard: 'H21',
    control: 'So does a patient who cannot be found, with the words that CP-IS has not been asked',
    file: 'renderer/features/find-patient/find-patient.tsx',
    find: '              <ContactSafeguardingNotice />\n',
    replace: '',
    testFile: 'e2e/journeys/find-patient.spec.ts',
    test: 'finds nobody, and says so (H21)',
  },
  {
    hazard: 'H21',
    control: 'A silent read survives a passing failure',
    file: 'electron/clinical/service/transport.ts',
    find: 'const mostAttempts = 3;',
    replace: 'const mostAttempts = 1;',
    testFile: 'e2e/safety/one-notification.spec.ts',
    test: 'H4, H21: a scheduled question, which tells nobody, is sent again after a passing failure',
  },
];
