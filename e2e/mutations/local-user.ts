/** H2, H4, H10, H14, H16, H20, H21: what a user of the workstation, or a program of theirs, sets, types, changes or puts into a file. */
import type { Control } from './control.ts';

const administered = 'electron/files/administered-file.ts';
const administeredTest = 'electron/files/administered-file.test.ts';
const variables = 'electron/security/environment-variables.ts';
const variablesTest = 'electron/security/environment-variables.test.ts';

export const localUser: readonly Control[] = [
  {
    hazard: 'H2',
    control:
      'Where the environment names the expected issuers, a server with another certificate is sent nothing',
    file: 'electron/security/certificate-issuers.ts',
    find: 'decide(isExpected ? asChromiumDecides : pinnedKeyNotInChain);',
    replace: 'decide(asChromiumDecides);',
    testFile: 'e2e/network/expected-issuers.spec.ts',
    test: 'H2: the services, on both sessions of the main process',
  },
  {
    hazard: 'H4',
    control: 'What stands in the place of a file and is no regular one is unreadable, and holds nobody up',
    file: 'electron/files/read-file.ts',
    find: "  if (!stats.isFile()) return unreadable('is not a regular file');",
    replace: '',
    testFile: 'electron/files/read-file.test.ts',
    test: 'H4: a folder, a FIFO, a device and a file that is too large are none of ours, and hold nobody up',
  },
  {
    hazard: 'H4',
    control: 'No variable of the user’s makes another server pass for the log collector',
    file: variables,
    find: "  'SSL_CERT_FILE',\n  'SSL_CERT_DIR',",
    replace: '',
    testFile: variablesTest,
    test: 'H4: where a release has taken them away, it does not',
  },
  {
    hazard: 'H10',
    control: 'What Node counts of the code that has run is written nowhere',
    file: variables,
    find: "if (variables['NODE_V8_COVERAGE'] !== undefined) stopCoverage();",
    replace: 'void stopCoverage;',
    testFile: variablesTest,
    test: 'H10: what Node has begun to count for NODE_V8_COVERAGE is written nowhere',
  },
  {
    hazard: 'H10',
    control: 'A cell of an exported trail is nothing that a spreadsheet would run',
    file: 'electron/audit/export-trail.ts',
    find: "/^\\s*[=+\\-@\\u2212]/.test(shown.normalize('NFKC'))",
    replace: 'false',
    testFile: 'electron/audit/command.test.ts',
    test: 'H10: export: CSV with the NHS numbers opened, and no cell that a spreadsheet would run',
  },
  {
    hazard: 'H16',
    control:
      'On Linux a file of the machine that others can write, or whose folders they can, is not believed',
    file: administered,
    find: 'if ((stats.mode & everyoneMayWrite) !== 0)',
    replace: 'if (stats.mode === 0)',
    testFile: administeredTest,
    test: 'H16: a file of the machine is refused by its name: a file that everyone may write',
  },
  {
    hazard: 'H16',
    control: 'On Linux a file of the machine that is not an administrator’s is not believed',
    file: administered,
    find: 'if (!isOwnedRight)',
    replace: 'if (stats.uid === -1)',
    testFile: administeredTest,
    test: 'H16: a file of the machine is refused by its name: a file of a user',
  },
  {
    hazard: 'H16',
    control: 'On Linux no file of the machine is believed in a user namespace',
    file: administered,
    find: 'if (!(await seesAllUsers()))',
    replace: "if (platform !== 'linux')",
    testFile: administeredTest,
    test: 'H16: a file of the machine is refused in a user namespace, as root',
  },
  {
    hazard: 'H20',
    control: 'A start with other rules of time zones, which a variable could bring, is refused',
    file: variables,
    find: "  'ICU_TIMEZONE_FILES_DIR',\n  'NODE_ICU_DATA',\n",
    replace: '',
    testFile: variablesTest,
    test: 'H20: other rules of time zones are refused',
  },
  {
    hazard: 'H4',
    control: 'On Linux the audit trail stays below the home folder, wherever a variable points',
    file: 'electron/main/user-data-folder.ts',
    find: "path.posix.join(home, '.config', app.getName())",
    replace: "app.getPath('userData')",
    testFile: 'electron/main/user-data-folder.test.ts',
    test: 'H4: on Linux the data is below the home folder, whatever XDG_CONFIG_HOME says',
  },
  {
    hazard: 'H14',
    control: 'Ctrl + L locks on the keyboard layout of every script',
    file: 'shared/layout-key.ts',
    find: 'if (letter !== undefined) return letter.toLowerCase();',
    replace: '',
    testFile: 'shared/layout-key.test.ts',
    test: 'H14: Cyrillic',
  },
  {
    hazard: 'H16',
    control: 'A settings file that gives a member twice is refused, and the member named',
    file: 'electron/files/read-json-file.ts',
    find: "case 'repeated-member':",
    replace: "case 'repeated-member':\n      return { kind: 'read', value: {} };",
    testFile: 'electron/files/read-json-file.test.ts',
    test: 'H16: settings: a member that stands twice',
  },
  {
    hazard: 'H21',
    control: 'What an editor adds to a file with a secret is no part of the secret, and costs no try',
    file: 'electron/settings/secret-file.ts',
    find: 'const trimmed = text.trim();',
    replace: 'const trimmed = text;',
    testFile: 'electron/settings/secret-file.test.ts',
    test: 'H21: a secret is read as it was meant with empty lines and blanks around it',
  },
  {
    hazard: 'H16',
    control: 'A package whose files are not those that were published is found',
    file: 'build/packaging/manifest.ts',
    find: 'present.get(name) === hash',
    replace: 'true',
    testFile: 'build/packaging/manifest.test.ts',
    test: 'H16: every file that was changed, taken away or added is found',
  },
  {
    hazard: 'H16',
    control:
      'A release is made of the Electron that its executable names, not of one that a file beside it names',
    file: 'build/electron-runtime/given.ts',
    find: 'const version = await electronVersionIn(executable);',
    replace:
      "const version = (await import('node:fs')).readFileSync(path.join(directory, 'version'), 'utf8').trim();",
    testFile: 'build/electron-runtime/given.test.ts',
    test: 'H16: an unpacked Electron is of the version that its executable says, whatever a file beside it says',
  },
];
