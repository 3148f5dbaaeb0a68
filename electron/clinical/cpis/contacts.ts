import type { DateText } from '../../../shared/clinical/clinical-date.ts';
import type { CarePlanView, PhoneNumber } from '../../../shared/clinical/cp-is.ts';
import { formatPhone } from '../../../shared/clinical/phone.ts';
import { type ContactPoint, type Period, unreadable } from '../fhir/elements.ts';
import { type PeriodStatus, periodStatusOn } from '../fhir/period-status.ts';
import { sanitiseText } from '../fhir/sanitise-text.ts';
import type { Today } from '../today.ts';
import { describeDate } from './describe-date.ts';
import { statusTexts } from './plan-status.ts';

type Contacts = Pick<CarePlanView, 'officeHours' | 'emergencyDutyTeam' | 'otherContacts'>;

/**
 * Sorts the phone numbers of a plan by purpose. The guide uses FHIR's `work` for office hours and `mobile` for the
 * emergency duty team, which is not a mobile phone (H7). Any other contact keeps the purpose that the service gave. A number
 * that is not surely in use on each of the days stands last, with what its dates say.
 */
export function readContacts(telecoms: readonly ContactPoint[], today: Today): Contacts {
  const officeHours: PhoneNumber[] = [];
  const emergencyDutyTeam: PhoneNumber[] = [];
  const otherContacts: Contacts['otherContacts'][number][] = [];
  /** Of a contact it cannot be read what it is for. */
  let mayBeAny = false;
  for (const { system, use, value, absence, period } of telecoms) {
    // A kind that FHIR does not know is damaged, and the number is one all the same.
    const isPhone = system === undefined || !systems.has(system);
    const isKnown = isPhone && (use === 'work' || use === 'mobile');
    mayBeAny ||= use === undefined ? value === undefined : !uses.has(use);
    // The screen shows a gap under the headings of the two known purposes; any other contact is shown as unreadable.
    if (value === undefined && absence === undefined && isKnown) continue;
    const isNumber = isPhone || system === 'fax' || system === 'sms';
    const number: PhoneNumber = {
      ...(value === undefined ? withoutNumber(absence) : isNumber ? formatPhone(value) : asGiven(value)),
      ...validityOf(period, today),
    };
    if (isPhone && use === 'work') officeHours.push(number);
    else if (isPhone && use === 'mobile') emergencyDutyTeam.push(number);
    else otherContacts.push({ purpose: describePurpose(system, use), number });
  }
  const gap = mayBeAny ? [withoutNumber()] : [];
  return {
    officeHours: officeHours.length === 0 ? gap : withoutRepeats(officeHours),
    emergencyDutyTeam: emergencyDutyTeam.length === 0 ? gap : withoutRepeats(emergencyDutyTeam),
    otherContacts: otherContacts.toSorted((a, b) => inUseFirst(a.number, b.number)),
  };
}

/** A contact without a number that can be shown: what is said in its place. */
function withoutNumber(absence = unreadable): PhoneNumber {
  return { text: absence, copy: undefined, looksIncomplete: false };
}

/** Of a number that is given twice, the one that is in use. */
function withoutRepeats(numbers: readonly PhoneNumber[]): readonly PhoneNumber[] {
  const ordered = numbers.toSorted(inUseFirst);
  return ordered.filter(({ text }, index) => ordered.findIndex((other) => other.text === text) === index);
}

function inUseFirst(a: PhoneNumber, b: PhoneNumber): number {
  const rank = ({ copy, validity }: PhoneNumber) => (copy === undefined ? 2 : Number(validity !== undefined));
  return rank(a) - rank(b);
}

function validityOf(period: Period, today: Today): Pick<PhoneNumber, 'validity'> {
  const validity = describeValidity(periodStatusOn(period, today), period);
  return validity === undefined ? {} : { validity };
}

function describeValidity(status: PeriodStatus, { start, end }: Period): DateText | undefined {
  switch (status) {
    case 'current':
      return undefined;
    case 'ended':
      return withWord('Ended', describeDate(end, ''));
    case 'future':
      return withWord('Starts', describeDate(start, ''));
    case 'unknown':
      return { short: statusTexts.unknown, long: statusTexts.unknown };
  }
}

function withWord(word: string, { short, long }: DateText): DateText {
  return { short: `${word} ${short}`, long: `${word} ${long}` };
}

function asGiven(text: string): PhoneNumber {
  return { text, copy: text, looksIncomplete: false };
}

/** Source: HL7 FHIR R4, ContactPointUse. Any other word is damaged. */
const uses: ReadonlySet<string> = new Set(['work', 'mobile', 'home', 'temp', 'old']);

const purposes: ReadonlyMap<string, string> = new Map([
  ['work', 'Office hours'],
  ['mobile', 'Emergency duty team'],
  ['home', 'Home'],
  ['temp', 'Temporary'],
  ['old', 'No longer in use'],
  [unreadable, 'Purpose could not be read'],
]);

/** Source: HL7 FHIR R4, ContactPointSystem, but for `phone`. */
const systems: ReadonlyMap<string, string> = new Map([
  ['email', 'email'],
  ['fax', 'fax'],
  ['pager', 'pager'],
  ['sms', 'text message'],
  ['url', 'web page'],
  ['other', 'other'],
]);

function describePurpose(system: string | undefined, use: string | undefined): string {
  const purpose =
    use === undefined
      ? 'Purpose not recorded'
      : (purposes.get(use) ?? sanitiseText(use) ?? 'Purpose not recorded');
  const kind = system === undefined ? undefined : systems.get(system);
  return kind === undefined ? purpose : `${purpose} (${kind})`;
}
