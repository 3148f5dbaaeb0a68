/** For tests: a synthetic installation, user and record. */
import type { ApplicationView } from '../application.ts';
import type { CarePlanView } from '../clinical/cp-is.ts';
import type { PatientView } from '../clinical/patient.ts';
import type { Retrieval } from '../outcome.ts';
import type { UserView } from '../session.ts';

export const application: ApplicationView = {
  version: '0.0.0',
  environmentTag: 'SYNTHETIC',
  live: false,
  notices: [],
  updateNotice: undefined,
  leftCheckAt: undefined,
  careSetting: { kind: 'user-chooses' },
  staleAfterMs: 60_000,
  printing: false,
  copyForRecord: false,
  clinicList: false,
  supportContact: undefined,
  training: false,
  siteHelp: { contacts: [], procedure: undefined },
  settingsFault: undefined,
};

export const user: UserView = {
  name: 'Nora Synthetic',
  role: 'Nurse Access Role',
  organisation: 'SYNTHETIC GENERAL HOSPITAL',
};

export const patient: PatientView = {
  context: 'patient-1',
  banner: {
    name: 'TESTCHILD, Amber (Miss)',
    born: { short: '14-Aug-2015 (11y)', long: '14 August 2015, 11 years old' },
    gender: 'Female',
    nhsNumber: '999 000 0018',
    death: { kind: 'none' },
  },
  notes: [],
  comparison: undefined,
  openedFrom: { kind: 'viewer' },
};

export const retrieval: Retrieval = {
  checkId: 'check-1',
  retrievedAt: '2026-11-23T14:32:00Z',
  clockInDoubt: false,
  sentence:
    'Retrieved 14:32. Unscheduled care: the local authority is notified of this attendance. This is not a referral.',
  careSetting: 'unscheduled',
  notification: 'sent',
};

/** The retrieval of "no record" in unscheduled care: whether a local authority is notified is not known (H1, H5). */
export const checkedWithoutRecord: Retrieval = {
  ...retrieval,
  sentence: 'Retrieved 14:32. Unscheduled care: do not assume that a local authority is notified.',
  notification: 'unknown',
};

export const plan: CarePlanView = {
  type: 'child-protection-plan',
  title: 'Child protection plan (CPP)',
  status: 'current',
  statusText: 'Current',
  start: { short: '14-Jun-2026', long: '14 June 2026' },
  end: { short: 'No end date', long: 'No end date' },
  localAuthority: 'Synthetic Borough Council',
  officeHours: [{ text: '020 7946 0101', copy: '02079460101', looksIncomplete: false }],
  emergencyDutyTeam: [{ text: '020 7946 0102', copy: '02079460102', looksIncomplete: false }],
  otherContacts: [],
};
