/**
 * The closed list of faults, each with a sentence that says what happened and one that says what to do. Handlers return
 * faults as values: Electron keeps only the message of an error that is thrown across IPC.
 */

/** A fault as the screen shows it. */
export interface Fault {
  readonly kind: FaultKind;
  /** What happened, in a plain sentence. */
  readonly happened: string;
  /** What to do now, in a plain sentence. */
  readonly action: string;
  /** An id of the service's or the viewer's that the support team can look up; never clinical, never secret. */
  readonly reference: string;
}

interface FaultText {
  readonly happened: string;
  readonly action: string;
}

const words = {
  offline: {
    happened: 'This computer could not reach the service.',
    action: 'Check the network connection, then try again.',
  },
  proxy: {
    happened: 'The network proxy did not let the request through.',
    action: 'Ask your IT service desk to check the proxy, then try again.',
  },
  /** A web page came where a service speaks JSON. */
  'answered-in-its-place': {
    happened: 'Something between this computer and the service answered in its place.',
    action: 'Ask your IT service desk whether a proxy or a log-in page of the network is in the way.',
  },
  'untrusted-certificate': {
    happened: 'The service could not prove its identity: its certificate is not trusted here.',
    action: 'Do not continue on this network. Tell your IT service desk.',
  },
  'unexpected-issuer': {
    happened:
      'The service could not prove its identity: its certificate is not from an issuer that this site expects.',
    action:
      'Do not continue on this network: the connection may be read on its way. Tell your IT service desk.',
  },
  'clock-wrong': {
    happened: "This computer's clock is wrong.",
    action: 'Ask your IT service desk to correct the clock, then sign in again.',
  },
  'signed-out': {
    happened: 'Your session has ended.',
    action: 'Sign in again with your Care Identity.',
  },
  'sign-in-not-accepted': {
    happened: 'The service did not accept your sign-in, so it did not answer.',
    action: 'Try again. If it happens again, sign out and sign in again.',
  },
  'sign-in-cancelled': {
    happened: 'Sign-in was cancelled.',
    action: 'Sign in when you are ready.',
  },
  'sign-in-failed': {
    happened: 'Care Identity did not sign you in.',
    action: 'Try to sign in again. If it happens again, give the reference to your IT service desk.',
  },
  'sign-in-stopped': {
    happened: 'The sign-in window has stopped working.',
    action: 'Try to sign in again. If it happens again, give the reference to your IT service desk.',
  },
  'role-missing': {
    happened: 'Your Care Identity has no role that this application can use.',
    action: 'Ask your Registration Authority for a role with CP-IS.',
  },
  'role-not-allowed': {
    happened: 'Your role does not allow this.',
    action: 'Change role, or ask your Registration Authority.',
  },
  'assurance-too-low': {
    happened: 'The way you signed in is not strong enough for child protection information.',
    action: 'Sign in again with your smartcard, security key or Windows Hello.',
  },
  denied: {
    happened: 'The service refused access.',
    action: 'Ask your Registration Authority whether your role may view this.',
  },
  busy: {
    happened: 'The service is too busy to answer.',
    action: 'Wait a moment, then try again.',
  },
  'service-failing': {
    happened: 'The service is not working properly.',
    action: 'Try again in a few minutes.',
  },
  'header-lost': {
    happened: 'A part of the request (a header) was lost on its way to the service. You did nothing wrong.',
    action: 'Try again in a few minutes. If it happens again, give the reference to your IT service desk.',
  },
  'answer-not-understood': {
    happened: 'The service gave an answer that cannot be read safely.',
    action: 'Do not rely on it. Try again, and give the reference to your IT service desk.',
  },
  'record-mentioned': {
    happened: "The service's answer mentions a CP-IS record, but it cannot be read safely.",
    action:
      'Say on the phone that CP-IS mentions a record. Then try again, and give the reference to your IT service desk.',
  },
  'timed-out': {
    happened: 'The service did not answer in time.',
    action: 'Try again.',
  },
  'patient-not-found': {
    happened: 'The Personal Demographics Service has no patient with these details.',
    action: 'CP-IS has not been checked. Check the details with the patient or the person with them.',
  },
  'nhs-number-invalid': {
    happened: 'This is not a valid NHS number.',
    action: 'Check each digit and enter it again.',
  },
  'search-refused': {
    happened: 'The Personal Demographics Service cannot search with these details.',
    action:
      'CP-IS has not been checked. Check the names and the date of birth: at most 35 characters in a name, and at least 2 before a *.',
  },
  'wrong-patient': {
    happened: 'The service sent an answer for a different NHS number.',
    action: 'The answer is not shown. Try again, and give the reference to your IT service desk.',
  },
  'patient-changed': {
    happened: 'The patient was changed before the answer came.',
    action: 'Find the patient again.',
  },
  'launch-refused': {
    happened: 'The link from your record system did not work.',
    action: 'Open the patient in the record system again, or find the patient here.',
  },
  'settings-invalid': {
    happened: 'The settings of this application are not right.',
    action: 'Give this message to your IT service desk.',
  },
  'signing-key-unavailable': {
    happened: 'The key that this site signs its requests with could not be used.',
    action: 'Give the reference to your IT service desk.',
  },
  'audit-unavailable': {
    happened: 'The audit trail could not be written, so nothing was sent.',
    action: 'Give the reference to your IT service desk.',
  },
  'copy-too-late': {
    happened: 'The patient was changed, or the window was locked, before it was recorded.',
    action: 'Copy it again.',
  },
  'no-printer': {
    happened: 'This computer has no printer that it can reach.',
    action: 'Print from another computer, or write down what you need.',
  },
  'print-failed': {
    happened: 'The printer did not take the document.',
    action: 'Try another printer, or write down what you need.',
  },
  'pdf-not-saved': {
    happened: 'The PDF could not be saved.',
    action: 'Save it in another place, or print it.',
  },
  'update-failed': {
    happened: 'We do not know if there is a new version of this application.',
    action: 'Continue with this one. Your IT service desk can look up the reference.',
  },
  'not-confirmed': {
    happened: 'Nothing was sent, because it was not confirmed.',
    action: 'Try again, and confirm it if a small window opens.',
  },
  'page-stopped': {
    happened: 'The screen of CP-IS Viewer has stopped working.',
    action:
      'Nothing that was on it can be relied on. Start again, and find the patient again. If it happens again, give the reference to your IT service desk.',
  },
  'request-refused': {
    happened: 'This application stopped a request as a precaution.',
    action: 'Try again. If it happens again, close the application and open it.',
  },
  internal: {
    happened: 'Something went wrong in this application.',
    action: 'Try again. If it happens again, give the reference to your IT service desk.',
  },
} as const satisfies Readonly<Record<string, FaultText>>;

export type FaultKind = keyof typeof words;

export const faultKinds: readonly FaultKind[] = Object.keys(words).filter(isFaultKind);

function isFaultKind(text: string): text is FaultKind {
  return Object.hasOwn(words, text);
}

/** H21: stands beside every fault that keeps a user from an answer. */
export const phoneWords = {
  now: "If you need to know now, phone the local authority's children's services.",
  outOfHours: 'At night, weekends and bank holidays, ask for the emergency duty team.',
} as const;

/** The notices about faults that prevent every lookup, found before a user asks. */
export const lookupsPrevented = {
  'signing-key-unavailable':
    'Sign-in will not work: the key that this site signs with cannot be used. Tell your IT service desk.',
  'audit-unavailable':
    'The audit trail cannot be written on this computer, so CP-IS cannot be checked. Tell your IT service desk.',
} as const satisfies Partial<Readonly<Record<FaultKind, string>>>;

/** The problems that keep the viewer from starting. */
export const startProblems = {
  home: 'The variable HOME, which names the home folder, is not set.',
  userData: 'The folder for your data cannot be made in your home folder.',
  temporary: "The computer's temporary folder (TMPDIR, or /tmp) is full or cannot be written to.",
  temporaryPathTooLong: "The path of the computer's temporary folder (TMPDIR) is too long.",
  formerNotEnded: 'The application was closed, but has not ended yet. Wait a moment, then open it again.',
  unknown: 'A part of this application could not be started.',
  command: 'An internal error has ended this command. Tell your IT service desk.',
  keepsStopping: (reference: string) =>
    `An internal error has ended this application several times in a row. Support reference ${reference}.`,
} as const;

/** On Sign in, after an error has ended the viewer and it has started again. */
export function startedAgain(reference: string): string {
  return `This application had to start again because of an internal error. Sign in and find the patient again. If it happens again, give the reference ${reference} to your IT service desk.`;
}

/** Where more is known than the kind of a fault says: in place of one of its sentences, or of both. */
export type FaultDetail = Partial<FaultText>;

const signInAgain = 'Try to sign in again. If it happens again, give the reference to your IT service desk.';
const giveReference = 'Give the reference to your IT service desk.';
const otherCareSetting = 'Find the patient again and choose the other care setting.';
const noRoleSelected = {
  happened: 'Care Identity did not say which of your roles to use.',
  action: 'Sign in again and choose a role. If it happens again, ask your Registration Authority.',
} as const;

/** At sign-in: of Care Identity, of its page, and of the NHS platform. */
export const signInDetails = {
  notFinished: { happened: 'Sign-in was not finished within five minutes.' },
  notLoaded: {
    happened: 'The part of this application that signs you in could not be loaded.',
    action:
      'Try again. If it happens again, close the application and open it, or tell your IT service desk.',
  },
  applicationRefused: {
    happened: "Care Identity did not accept this site's application.",
    action: giveReference,
  },
  anotherIssuer: {
    happened: 'Care Identity uses a different address from the one in the settings of this site.',
    action: giveReference,
  },
  endpointNotAllowed: {
    happened: 'Care Identity names an address that the settings of this site do not allow.',
    action: giveReference,
  },
  identityTooLow: {
    happened: 'Your identity has not been checked thoroughly enough for child protection information.',
    action: 'Ask your Registration Authority.',
  },
  /** H14 */
  anotherUser: {
    happened: 'The browser signed in someone else.',
    action:
      'Sign in again. If it happens again, tell your IT service desk: another user of this computer may have answered.',
  },
  /** H14: in the place of the user who signs in again. */
  otherUserAgain: {
    happened: 'Someone else signed in, so your session has ended.',
    action: 'Sign in again with your Care Identity.',
  },
  otherRoleAgain: {
    happened: 'You signed in again with a different role, so nothing has changed.',
    action: 'Sign in again with the same role, or use "Change role".',
  },
  busy: { happened: 'Care Identity is too busy to answer.' },
  serviceFailing: { happened: 'Care Identity is not working properly.' },
  timedOut: { happened: 'Care Identity did not answer in time.', action: signInAgain },
  noPage: { happened: 'Care Identity answered without a sign-in page.', action: signInAgain },
  browserMissing: {
    happened: 'The browser of this computer could not be opened, or did not open the sign-in page.',
    action: 'Try again. If it happens again, tell your IT service desk.',
  },
  platformNotGranted: {
    action:
      'Sign in again with your smartcard, security key or Windows Hello. If you did, give the reference to your IT service desk: this application may lack access to CP-IS.',
  },
  platformRefusedApplication: {
    happened: "The NHS platform did not accept this site's application.",
    action: giveReference,
  },
  platformRefusedSignIn: { happened: 'The NHS platform did not accept your sign-in.' },
} as const satisfies Readonly<Record<string, FaultDetail>>;

/** Why none of a user's roles was taken. */
export const roleDetails = {
  'no-role': {
    happened: 'Your Care Identity has no role.',
    action: 'Ask your Registration Authority for a role with CP-IS.',
  },
  'none-selected': noRoleSelected,
  'empty-selection': noRoleSelected,
  'not-held': {
    happened: 'Care Identity chose a role that you do not hold.',
    action: 'Sign in again. If it happens again, tell your IT service desk.',
  },
} as const satisfies Readonly<Record<string, FaultDetail>>;

/** `httpStatus`: 4xx other than 407 and 429, which have faults of their own. */
export function signInPageRefused(httpStatus: number): FaultDetail {
  return {
    happened: `Care Identity, or something between this computer and it, refused to show the sign-in page (HTTP ${httpStatus}).`,
  };
}

/** `address`: a host, or words for what is none. */
export function signInHostNotAllowed(address: string): FaultDetail {
  return {
    happened: `Care Identity leads to ${address}, which the settings of this site do not allow.`,
    action: 'Give this message to your IT service desk.',
  };
}

/** `port`: of the redirect URI; listening on it failed with `EADDRINUSE`. */
export function signInPortTaken(port: string): FaultDetail {
  return {
    happened: `Another program on this computer uses the port that sign-in needs (${port}).`,
    action:
      'Close other copies of CP-IS Viewer, or wait until another user of this computer has signed in, and try again. If it happens again, tell your IT service desk.',
  };
}

/** `port`: of the redirect URI; listening on it failed with any other error. */
export function signInPortRefused(port: string): FaultDetail {
  return {
    happened: `This computer does not let sign-in use the port that it needs (${port}).`,
    action: 'Tell your IT service desk.',
  };
}

/** `difference`: such as "3 minutes". */
export function clockOff(difference: string, direction: 'slow' | 'fast'): FaultDetail {
  return { happened: `This computer's clock is wrong: it is about ${difference} ${direction}.` };
}

/** At sign-in: a web page came in the place of this service. */
export function answeredInItsPlace(service: 'Care Identity' | 'the NHS platform'): FaultDetail {
  return { happened: `Something between this computer and ${service} answered in its place.` };
}

/** Of a network proxy that asks for a log-in. */
export const proxyDetails = {
  'not-set': {
    happened: 'The network proxy asked for a log-in, and none is set for it.',
    action: 'Ask your IT service desk to set the log-in for the proxy, then try again.',
  },
  'not-readable': {
    happened: 'The network proxy asked for a log-in, and the file that holds it cannot be read.',
    action: 'Ask your IT service desk to check the log-in for the proxy, then try again.',
  },
  refused: {
    happened: 'The network proxy refused the log-in that is set for it.',
    action: 'Ask your IT service desk to renew the log-in for the proxy: it is not tried again until then.',
  },
} as const satisfies Readonly<Record<string, FaultDetail>>;

/** From the patient to the answer: of PDS, of CP-IS, and of what this site allows. */
export const lookupDetails = {
  withdrawn: {
    happened: 'This NHS number has been withdrawn: it no longer belongs to a patient.',
    action: 'CP-IS has not been checked. Search by name and date of birth instead.',
  },
  /** A middle name that PDS does not hold, or a first name of two words, hides a patient. */
  tryFirstName: {
    action:
      'CP-IS has not been checked. Search again with the first given name only. If it has two words, enter the first word and *.',
  },
  nobodyByPreviousName: {
    happened:
      'The Personal Demographics Service has no patient with these details, now or under a previous name.',
  },
  nobodySimilar: {
    happened: 'The Personal Demographics Service has no patient with these details, or with similar ones.',
  },
  /** H3 */
  otherThanChosen: {
    happened: 'The record that came is not the one that you chose from the list.',
    action: 'It is not shown. Search again, or find the patient by NHS number.',
  },
  /** H3 */
  wristbandBornOnAnotherDay: {
    happened:
      'The date of birth on the wristband is not the one that the Personal Demographics Service has for this NHS number.',
    action:
      'Do not continue with this patient. Check that the wristband is of this patient, and follow your procedure for a wrong wristband.',
  },
  strongerSignIn: {
    happened: 'The service needs a stronger sign-in than yours.',
    action:
      'Press "Sign in again now", and use your smartcard, security key or Windows Hello. You keep your patient.',
  },
  badRequest: {
    happened: "The service did not accept this application's request.",
    action: giveReference,
  },
  /** H2: is not "no record". */
  notFoundByCpis: {
    happened: 'The service does not know this NHS number, so it could not say whether there is a record.',
    action: 'Check the NHS number with the patient or the person with them, then find the patient again.',
  },
  /** H2 */
  numberRefusedByCpis: {
    happened: 'The service did not accept this NHS number, so it could not say whether there is a record.',
    action: 'Find the patient again. If it happens again, give the reference to your IT service desk.',
  },
  checkNotConfirmed: {
    happened: 'CP-IS was not checked, because it was not confirmed.',
    action: 'Press "Check again", then "Check CP-IS".',
  },
  stillAsking: {
    happened: 'A check of this patient is still waiting for its answer.',
    action: 'Wait for the answer.',
  },
  /** H2 */
  plansTooLarge: {
    happened: 'The answer is far larger than any that CP-IS gives, so it was not read.',
  },
  /** H15 */
  historyTooLarge: {
    happened: 'The history is far larger than CP-IS keeps, so it was not read.',
    action: giveReference,
  },
  noHistoryKept: {
    happened: 'The service that this site uses keeps no access history.',
    action: 'The records above do not depend on it.',
  },
} as const satisfies Readonly<Record<string, FaultDetail>>;

/** H3: a search found patients, and none of their records can be shown. `count` is at least 1. */
export function matchesNotShown(count: number): FaultDetail {
  const happened =
    count === 1
      ? 'found 1 patient, but we cannot show the record: we could not read it safely, or it does not match your search.'
      : `found ${count} patients, but we cannot show the records: we could not read them safely, or they do not match your search.`;
  return {
    happened: `The Personal Demographics Service ${happened}`,
    action: 'CP-IS has not been checked. Find the patient by NHS number.',
  };
}

/** H4: what happened in `role-not-allowed`, said before a check too. */
export const silentRoleOnly =
  'Your role lets you check in scheduled care only (activity B0170). In unscheduled care, phone the local authority or change role.';

/** H4: also said of a patient of a clinic list, for whom only `scheduled` is allowed. */
export function careSettingNotAllowed(allowed: 'unscheduled' | 'scheduled'): FaultDetail {
  return { happened: `This site allows only ${allowed} care to be chosen.`, action: otherCareSetting };
}

/** Patient Flags answers for scheduled care only so far. */
export function careSettingNotAnswered(asked: 'unscheduled' | 'scheduled'): FaultDetail {
  return {
    happened: `The service that this site uses does not answer for ${asked} care yet.`,
    action: otherCareSetting,
  };
}

const findHere = 'Find the patient here, and tell your IT service desk.';
const findHereWithReference = 'Find the patient here, and give the reference to your IT service desk.';

/** Of a patient from a record system. */
export const launchDetails = {
  /** H3 */
  bornOnAnotherDay: {
    happened:
      'The date of birth from your record system is not the one that the Personal Demographics Service has for this NHS number.',
    action: 'Do not continue with this patient. Check the number and the date of birth in the record system.',
  },
  notUnderstood: { happened: 'The link from your record system is not safe to open.' },
  onlyCodes: {
    happened:
      "Your record system sent the patient's details in a link, and this site accepts only one-time launch codes.",
    action: findHere,
  },
  noCodes: {
    happened: 'This site is not set up for how your record system opened this application.',
    action: findHere,
  },
  unknownRecordSystem: {
    happened:
      'The link names a record system that this site is not set up for. Nothing was sent to that system.',
    action: findHere,
  },
  codeNotValid: { happened: 'The launch code is not valid any more.' },
  usedBefore: { happened: 'This link from your record system has been used before.' },
  notAccepted: {
    happened: 'Your record system did not accept its own link. The link may be too old, or used before.',
  },
  pageClosed: { happened: "Your record system's page was closed before it named the patient." },
  pageFailed: {
    happened: "Your record system's page could not be used.",
    action: findHereWithReference,
  },
  addressNotAllowed: {
    happened: 'Your record system uses an address that the settings of this site do not allow.',
    action: findHereWithReference,
  },
  notReached: {
    happened: 'Your record system could not be reached.',
    action: 'Find the patient here, or open the patient in the record system again.',
  },
  failing: {
    happened: 'Your record system is not working properly.',
    action: 'Find the patient here, or open the patient in the record system again.',
  },
  timedOut: {
    happened: 'Your record system did not answer in time.',
    action: 'Find the patient here, or open the patient in the record system again.',
  },
  answerNotUnderstood: {
    happened: 'Your record system gave an answer that cannot be read safely.',
    action: findHereWithReference,
  },
  /** H3 */
  noPatient: {
    happened: 'Your record system did not name a patient with an NHS number.',
    action: 'Check the NHS number in the record system, or find the patient here.',
  },
  detailMissing: {
    happened: 'Your record system left out a detail that this site checks.',
    action: findHereWithReference,
  },
  tooLate: { happened: 'The link from your record system is too old.' },
  tooEarly: { happened: 'The link from your record system is not valid yet.' },
  notFinished: {
    happened:
      'The patient from your record system is no longer waiting, because the sign-in was not finished.',
    action: 'Sign in, then open the patient in the record system again.',
  },
  /** H14 */
  anotherPerson: {
    happened: 'Someone else is signed in to the record system on this computer.',
    action: 'Check who is signed in to the record system, then open the patient there again.',
  },
} as const satisfies Readonly<Record<string, FaultDetail>>;

/** Of a clinic list. */
export const clinicListDetails = {
  /** H3 */
  bornOnAnotherDay:
    'The date of birth in the list is not the one that the Personal Demographics Service has for this NHS number.',
  notOffered: { happened: 'This site does not offer clinic lists.', action: giveReference },
  running: { happened: 'A clinic list is still being checked.', action: 'Stop it first.' },
  /** Of a file. */
  fileUnreadable: 'The file could not be read. Open it in its own program, and copy the lines from there.',
  fileTooLong: 'The file is too long for a list of 60 lines. Copy the lines from it, and paste them here.',
  fileNotText: 'The file is not a text or CSV file. Save it as CSV, or copy its lines and paste them here.',
} as const satisfies Readonly<Record<string, FaultDetail | string>>;

/** Why the audit trail could not be written. */
export const auditDetails = {
  diskFull: {
    happened: "This computer's disk is full: the audit trail could not be written, so nothing was sent.",
  },
  notAllowed: { happened: 'The audit trail may not be written on this computer, so nothing was sent.' },
} as const satisfies Readonly<Record<string, FaultDetail>>;

/** Makes a fault with its text. `detail` replaces a sentence where the caller has a better one. */
export function makeFault(kind: FaultKind, reference: string, detail?: FaultDetail): Fault {
  return { kind, ...words[kind], ...detail, reference };
}

/** The sentence for a fault kind of the log; returns a kind that this version does not know unchanged. */
export function describeFaultKind(kind: string): string {
  return isFaultKind(kind) ? words[kind].happened : kind;
}
