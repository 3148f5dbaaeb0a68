import type { CarePlanView, PhoneNumber } from '../../../shared/clinical/cp-is.ts';
import { formatPhone } from '../../../shared/clinical/phone.ts';
import { type ContactPoint, unreadable } from '../fhir/elements.ts';
import { sanitiseText } from '../fhir/sanitise-text.ts';

type Contacts = Pick<CarePlanView, 'officeHours' | 'emergencyDutyTeam' | 'otherContacts'>;

/**
 * Sorts the phone numbers of a plan by purpose. The guide uses FHIR's `work` for office hours and `mobile` for the
 * emergency duty team, which is not a mobile phone (H7). Any other contact keeps the purpose that the service gave.
 */
export function readContacts(telecoms: readonly ContactPoint[]): Contacts {
  const officeHours: PhoneNumber[] = [];
  const emergencyDutyTeam: PhoneNumber[] = [];
  const otherContacts: Contacts['otherContacts'][number][] = [];
  for (const { system, use, value } of telecoms) {
    const isPhone = system === undefined || system === 'phone';
    if (value === undefined) {
      // The screen shows a gap under the headings of the two known purposes; any other contact is shown as unreadable.
      if (use !== 'work' && use !== 'mobile') {
        otherContacts.push({ purpose: describePurpose(system, use), number: asGiven(unreadable) });
      }
    } else if (isPhone && use === 'work') officeHours.push(formatPhone(value));
    else if (isPhone && use === 'mobile') emergencyDutyTeam.push(formatPhone(value));
    else {
      const number = isPhone || system === 'fax' || system === 'sms' ? formatPhone(value) : asGiven(value);
      otherContacts.push({ purpose: describePurpose(system, use), number });
    }
  }
  return {
    officeHours: withoutRepeats(officeHours),
    emergencyDutyTeam: withoutRepeats(emergencyDutyTeam),
    otherContacts,
  };
}

function withoutRepeats(numbers: readonly PhoneNumber[]): readonly PhoneNumber[] {
  return [...new Map(numbers.map((number) => [number.text, number])).values()];
}

function asGiven(text: string): PhoneNumber {
  return { text, copy: text, looksIncomplete: false };
}

const purposes: ReadonlyMap<string, string> = new Map([
  ['work', 'Office hours'],
  ['mobile', 'Emergency duty team'],
  ['home', 'Home'],
  ['temp', 'Temporary'],
  ['old', 'No longer in use'],
]);

const systems: ReadonlyMap<string, string> = new Map([
  ['email', 'email'],
  ['fax', 'fax'],
  ['pager', 'pager'],
  ['sms', 'text message'],
  ['url', 'web page'],
]);

function describePurpose(system: string | undefined, use: string | undefined): string {
  const purpose =
    use === undefined
      ? 'Purpose not recorded'
      : (purposes.get(use) ?? sanitiseText(use) ?? 'Purpose not recorded');
  if (system === undefined || system === 'phone') return purpose;
  return `${purpose} (${systems.get(system) ?? sanitiseText(system) ?? 'other'})`;
}
