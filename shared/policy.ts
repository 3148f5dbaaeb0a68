/**
 * The settings that a site can decide for its workstations. This one table defines the JSON file of every system, the
 * registry values of Windows, the Group Policy templates and `docs/policy.md`: `npm run policy` writes the last two.
 * A policy is flat, because the registry is.
 */

interface SettingWords {
  readonly title: string;
  readonly explanation: string;
  /** The value where neither the policy nor the environment file sets one. */
  readonly otherwise: string;
  /** The field of the environment file that the setting replaces. */
  readonly overrides?: string;
}

export type PolicySetting = SettingWords &
  (
    | { readonly kind: 'choice'; readonly choices: Readonly<Record<string, string>> }
    | { readonly kind: 'switch'; readonly on: string; readonly off: string }
    /** Whole numbers. */
    | { readonly kind: 'number'; readonly least: number; readonly most: number }
    | { readonly kind: 'text'; readonly pattern: RegExp; readonly form: string }
    /** Each line by itself: one that is not right is refused, and the others apply. `form`: of a line. */
    | { readonly kind: 'lines'; readonly pattern: RegExp; readonly form: string; readonly most: number }
    /** An object of the environment file; as a registry value, JSON on one line. */
    | { readonly kind: 'object' }
  );

/** `Safeguarding team | 020 7946 0555 | 08:00 to 18:00`: the phone has a digit, and may have words (`bleep 1234`). */
export const contactLine = /^\s*([^|]{1,60})\|([^|\d]{0,30}\d[^|]{0,40})(?:\|([^|]{1,60}))?$/;

/** `Safeguarding procedure | https://intranet.example.nhs.uk/safeguarding`, without a user in the address. */
export const titledAddress = /^\s*([^|]{1,80})\|\s*(https:\/\/[^\s|@\\]+)\s*$/;

/** From a drive, a share or the root. */
const absolutePath = /^(?:[A-Za-z]:[\\/]|\\\\|\/)/;

/** `logs.example.nhs.uk:6514`, `[::1]:6514` */
export const hostAndPort = /^(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:]+\]):\d{1,5}$/;

export const policySettings = {
  environmentFile: {
    kind: 'text',
    title: 'Environment file',
    explanation:
      'The file that names Care Identity, the API platform and CP-IS for this site. Only administrators may be able to write it.',
    pattern: absolutePath,
    form: 'an absolute path',
    otherwise: 'the installed file, see docs/environments.md',
  },
  platformSigner: {
    kind: 'object',
    title: 'Signing key for the API platform',
    explanation: 'Which key signs the token requests: a signer as in the environment file.',
    overrides: 'platform.signer',
    otherwise: 'as the environment file says',
  },
  nextPlatformSigner: {
    kind: 'object',
    title: 'Next signing key for the API platform',
    explanation: 'Which key takes over, and when: a nextSigner as in the environment file.',
    overrides: 'platform.nextSigner',
    otherwise: 'as the environment file says',
  },
  careIdentitySigner: {
    kind: 'object',
    title: 'Signing key for Care Identity',
    explanation:
      'Which key signs for Care Identity, where the client authenticates with private_key_jwt: a signer as in the environment file.',
    overrides: 'cis2.clientAuthentication.signer',
    otherwise: 'as the environment file says',
  },
  nextCareIdentitySigner: {
    kind: 'object',
    title: 'Next signing key for Care Identity',
    explanation: 'Which key takes over for Care Identity, and when: a nextSigner as in the environment file.',
    overrides: 'cis2.clientAuthentication.nextSigner',
    otherwise: 'as the environment file says',
  },
  prefetch: {
    kind: 'switch',
    title: 'Ready before sign-in',
    explanation:
      "Whether the viewer fetches Care Identity's addresses and keys before a user signs in, and, while the user is at Care Identity, opens a connection to the API platform and to PDS and checks the signing keys in tokens and key services. None of these requests is about a user or a patient.",
    on: 'Fetched after the start and again about once an hour',
    off: 'Fetched when a user signs in, who then waits longer',
    otherwise: 'on',
  },
  signInSurface: {
    kind: 'choice',
    title: 'Sign-in surface',
    explanation: 'Where Care Identity shows its pages.',
    choices: {
      window: 'A window of the viewer, with a session of its own for each sign-in',
      'system-browser': "The system's browser, with what the user is signed in to there",
    },
    overrides: 'cis2.surface',
    otherwise: 'window',
  },
  idleLockMinutes: {
    kind: 'number',
    title: 'Idle lock',
    explanation: 'Minutes without the user before the viewer locks.',
    least: 1,
    most: 60,
    overrides: 'session.idleLockMinutes',
    otherwise: '15',
  },
  sessionHours: {
    kind: 'number',
    title: 'Length of a session',
    explanation: 'Hours after which the session ends and the viewer locks, whatever the user does.',
    least: 1,
    most: 12,
    overrides: 'session.absoluteHours',
    otherwise: '12',
  },
  coverResultMinutes: {
    kind: 'number',
    title: 'Age of a result',
    explanation:
      'Minutes after which an answer may be out of date: it is hidden until the user shows it or checks again.',
    least: 1,
    most: 60,
    overrides: 'session.coverResultMinutes',
    otherwise: '10',
  },
  careSetting: {
    kind: 'choice',
    title: 'Care setting',
    explanation:
      'Which care setting CP-IS is checked in. A fixed one is shown to the user with its effect, and cannot be changed.',
    choices: {
      'user-chooses': 'The user chooses for each patient',
      unscheduled: 'Unscheduled care: every check notifies the local authority',
      scheduled: 'Scheduled care: nobody is notified',
    },
    overrides: 'careSetting',
    otherwise: 'user-chooses',
  },
  wireFormat: {
    kind: 'choice',
    title: 'Wire format',
    explanation: 'Which API CP-IS is checked through.',
    choices: {
      'care-team': 'The CP-IS FHIR API',
      'patient-flags': 'The Patient Flags API: scheduled care only, no access history',
    },
    overrides: 'cpis.wireFormat',
    otherwise: 'care-team',
  },
  contentProtection: {
    kind: 'switch',
    title: 'Content protection',
    explanation:
      'Keeps the windows of the viewer out of screenshots, recordings and shared screens, where the system can: Windows and macOS.',
    on: 'The windows are black in a recording',
    off: 'The windows can be recorded',
    otherwise: 'off',
  },
  safeguardingContacts: {
    kind: 'lines',
    title: 'Safeguarding contacts',
    explanation:
      'Whom to phone at this site: shown under "What to do now" beside every answer, at sign-in and on the locked screen. They must be answered at the hours given.',
    pattern: contactLine,
    form: 'a name, a phone number and, if it is not answered at all hours, its hours, with | between them, such as Safeguarding team | 020 7946 0555 | 08:00 to 18:00',
    most: 5,
    otherwise: 'the screens name the local authority and the national page alone',
  },
  localProcedure: {
    kind: 'text',
    title: 'Local safeguarding procedure',
    explanation:
      'The page of the site\'s own procedure: one link under "What to do now", which opens the user\'s browser.',
    pattern: titledAddress,
    form: 'a title and an https address with | between them, such as Safeguarding procedure | https://intranet.example.nhs.uk/safeguarding',
    otherwise: 'no link is shown',
  },
  printing: {
    kind: 'switch',
    title: 'Printing',
    explanation: 'Whether an answer may be printed or saved as PDF.',
    on: 'Printing is offered',
    off: 'Printing is not offered',
    otherwise: 'on',
  },
  copyForRecord: {
    kind: 'switch',
    title: 'Copy for the record',
    explanation:
      "Whether the result of a check may be copied as text, to be pasted into the patient's record. The text leaves the clipboard after two minutes.",
    on: 'Copy for the record is offered',
    off: 'Copy for the record is not offered',
    otherwise: 'on',
  },
  clinicList: {
    kind: 'switch',
    title: 'Clinic list',
    explanation:
      'Whether up to 60 patients with an appointment may be checked one after another, from their NHS numbers and dates of birth. In scheduled care only: nobody is notified.',
    on: 'Clinic lists are offered',
    off: 'Clinic lists are not offered',
    otherwise: 'off',
  },
  clinicListRequestsPerSecond: {
    kind: 'number',
    title: 'Speed of a clinic list',
    explanation:
      'The most requests a second that a clinic list sends; each patient needs two. The API platform allows five a second, and all sites of a supplier share them.',
    least: 1,
    most: 4,
    otherwise: '1',
  },
  supportContact: {
    kind: 'text',
    title: 'Support contact',
    explanation: 'Whom the users of this site ask about the application itself. Help shows these words.',
    pattern: /^[^\p{Cc}]{1,200}$/u,
    form: 'one line of at most 200 characters, such as IT service desk, extension 1234',
    otherwise: 'Help says: Ask your IT service desk.',
  },
  launchLinks: {
    kind: 'switch',
    title: 'Launch from the record system',
    explanation: 'Whether a cpis-viewer: link or --launch may bring a patient into the viewer.',
    on: 'Links are followed',
    off: 'Links are ignored',
    otherwise: 'on',
  },
  launchCodesOnly: {
    kind: 'switch',
    title: 'One-time launch codes only',
    explanation:
      "Whether a link that holds the patient's NHS number and date of birth is refused. Such a link can be read on a command line for a moment before the viewer has it, on Linux by every user of the computer; so the record system must send SMART launches or one-time codes in its place.",
    on: 'Only SMART launches and one-time codes are followed',
    off: 'Every kind of link is followed',
    otherwise: 'off',
  },
  proxyLogInAt: {
    kind: 'text',
    title: 'Proxy that wants a log-in',
    explanation:
      'The proxy that is given the log-in of proxyLogInFile, where it does not know the user by Windows or Kerberos. No other proxy is given it.',
    pattern: hostAndPort,
    form: 'a host and a port, such as proxy.example.nhs.uk:8080',
    overrides: 'proxyLogIn.proxy',
    otherwise: 'no proxy is given a log-in',
  },
  proxyLogInFile: {
    kind: 'text',
    title: 'Log-in for the proxy',
    explanation:
      'A file with the user on its first line and the password on its second. Only administrators may be able to write it. See docs/deployment.md.',
    pattern: absolutePath,
    form: 'an absolute path',
    overrides: 'proxyLogIn.file',
    otherwise: 'no proxy is given a log-in',
  },
  updates: {
    kind: 'choice',
    title: 'Updates',
    explanation: 'What the viewer does about new versions of itself.',
    choices: {
      off: 'Nothing: the site installs new versions',
      notify: 'It says that there is one',
      automatic: 'As notify: no version installs itself any more; an older policy may still say so',
    },
    otherwise: 'off',
  },
  updateFeed: {
    kind: 'text',
    title: 'Update feed',
    explanation:
      'The folder in which the newest version is named. Only what the publisher of this viewer has signed is believed. See docs/deployment.md.',
    pattern: /^(?:https:\/\/[^\s\\/?#@]+|http:\/\/127\.0\.0\.1:\d{1,5})(?:\/[^\s\\?#@]*)?$/,
    form: 'an https address without user, query or fragment',
    otherwise: 'no new version is looked for',
  },
  logLevel: {
    kind: 'choice',
    title: 'Log level',
    explanation: 'What the diagnostic log on the workstation holds. It never holds anything clinical.',
    choices: { faults: 'Starts and faults', events: 'Starts, faults and each change of the session' },
    otherwise: 'events',
  },
  crashDumps: {
    kind: 'switch',
    title: 'Crash dumps',
    explanation:
      'Whether the memory of a process that crashed is kept on the workstation, to find the cause. It is never sent. It may hold what was on the screen, a patient included. Counts from the second start on; see docs/diagnostics.md.',
    on: 'Dumps are kept in the folder of the user',
    off: 'No dump is made, and those of an earlier time are taken away',
    otherwise: 'off',
  },
  auditPublicKey: {
    kind: 'text',
    title: 'Audit key',
    explanation:
      'The public key to which NHS numbers in the audit trail are sealed: P-256, its SubjectPublicKeyInfo. See docs/audit.md.',
    pattern: /^[A-Za-z0-9+/]{100,200}={0,2}$/,
    form: 'base64 on one line',
    overrides: 'audit.publicKey',
    otherwise: 'no NHS number is kept',
  },
  auditForwardTo: {
    kind: 'text',
    title: 'Audit forwarding',
    explanation:
      'The log collector that every entry of the audit trail is sent to: syslog over TLS (RFC 5424, RFC 5425).',
    pattern: hostAndPort,
    form: 'a host and a port, such as logs.example.nhs.uk:6514',
    overrides: 'audit.forwardTo',
    otherwise: 'nothing is sent',
  },
  auditForwardCertificateFile: {
    kind: 'text',
    title: 'Certificate of the log collector',
    explanation: 'A file in PEM: the only certificates that the log collector is trusted by.',
    pattern: absolutePath,
    form: 'an absolute path',
    overrides: 'audit.forwardCertificateFile',
    otherwise: 'the roots that come with the viewer',
  },
} as const satisfies Readonly<Record<string, PolicySetting>>;

type ValueOf<Setting extends PolicySetting> = Setting extends {
  readonly kind: 'choice';
  readonly choices: infer Choices;
}
  ? keyof Choices
  : {
      readonly switch: boolean;
      readonly number: number;
      readonly text: string;
      readonly lines: readonly string[];
      readonly object: Readonly<Record<string, unknown>>;
    }[Exclude<Setting['kind'], 'choice'>];

export type PolicyName = keyof typeof policySettings;

/** The settings that the site has made. */
export type Policy = { readonly [Name in PolicyName]?: ValueOf<(typeof policySettings)[Name]> };

/** In the order of the table, which is the order of every document made from it. */
export const policyNames = Object.keys(policySettings) as readonly PolicyName[];
