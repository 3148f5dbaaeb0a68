import { expect, test } from 'vitest';
import type { Period } from '../fhir/elements.ts';
import type { Day } from '../today.ts';
import { readContacts } from './contacts.ts';

const always: Period = { start: undefined, end: undefined };
const point = (value: string | undefined, use?: string, system = 'phone', period = always) => ({
  system,
  use,
  value,
  absence: undefined,
  period,
});
const november = (day: number): Day => ({ precision: 'day', year: 2026, month: 11, day });
const contactsOf = (...points: Parameters<typeof readContacts>[0]) => readContacts(points, [november(23)]);
const noNumber = (text: string) => ({ text, copy: undefined, looksIncomplete: false });
const number = (text: string, copy = text.replaceAll(' ', '')) => ({ text, copy, looksIncomplete: false });

test('H7: work is office hours, mobile is the emergency duty team, and several of one use are all shown', () => {
  const contacts = contactsOf(
    point('01632960001', 'work'),
    point('01632960002', 'mobile'),
    point('01632960003', 'work'),
    point('01632960001', 'work'),
  );
  expect(contacts).toEqual({
    officeHours: [number('01632 960001'), number('01632 960003')],
    emergencyDutyTeam: [number('01632 960002')],
    otherContacts: [],
  });
});

test('H7: every other contact is shown with its purpose as it came', () => {
  const contacts = contactsOf(
    point('01632960001'),
    point('01632960002', 'home'),
    point('01632960003', 'duty desk'),
    point('01632960004', 'work', 'fax'),
    point('duty@example.test', 'mobile', 'email'),
    point('01632960005', 'old'),
  );
  expect(contacts.otherContacts).toEqual([
    { purpose: 'Purpose not recorded', number: number('01632 960001') },
    { purpose: 'Home', number: number('01632 960002') },
    { purpose: 'duty desk', number: number('01632 960003') },
    { purpose: 'Office hours (fax)', number: number('01632 960004') },
    { purpose: 'Emergency duty team (email)', number: number('duty@example.test') },
    { purpose: 'No longer in use', number: number('01632 960005') },
  ]);
});

test('H7: a gap stays a gap, and what cannot be read is said', () => {
  expect(contactsOf(point(undefined, 'work'), point(undefined, 'mobile'))).toEqual({
    officeHours: [],
    emergencyDutyTeam: [],
    otherContacts: [],
  });
  const unread = { system: undefined, use: undefined, value: undefined, absence: undefined, period: always };
  expect(contactsOf(unread).otherContacts).toEqual([
    { purpose: 'Purpose not recorded', number: noNumber('Could not be read') },
  ]);
});

test.each(['wor', 'work/', 'duty', '7'])(
  'H7: a number whose purpose is none that FHIR knows (%s) leaves no other number "not recorded"',
  (use) => {
    expect(contactsOf(point('01632960001', use), point('01632960002', 'mobile'))).toMatchObject({
      officeHours: [noNumber('Could not be read')],
      emergencyDutyTeam: [{ text: '01632 960002' }],
      otherContacts: [{ purpose: use, number: { text: '01632 960001' } }],
    });
  },
);

const dated = (value: string, period: Partial<Period>, use = 'work') =>
  point(value, use, 'phone', { ...always, ...period });
const words = (short: string, long = short) => ({ validity: { short, long } });

test('H7: a number that is not in use today stands last, with its date, and none is dropped', () => {
  const contacts = contactsOf(
    dated('01632960001', { start: '2020-01-01', end: '2025-12-31' }),
    dated('01632960002', { end: '2026-11-23' }),
    dated('01632960003', { end: '2025-12-31' }, 'mobile'),
    dated('01632960004', { start: '2027-01-01' }, 'home'),
    dated('01632960005', { start: '2026-11-23' }, 'home'),
    dated('01632960002', { end: '2025-12-31' }),
  );
  expect(contacts).toEqual({
    officeHours: [
      number('01632 960002'),
      { ...number('01632 960001'), ...words('Ended 31-Dec-2025', 'Ended 31 December 2025') },
    ],
    emergencyDutyTeam: [
      { ...number('01632 960003'), ...words('Ended 31-Dec-2025', 'Ended 31 December 2025') },
    ],
    otherContacts: [
      { purpose: 'Home', number: number('01632 960005') },
      {
        purpose: 'Home',
        number: { ...number('01632 960004'), ...words('Starts 01-Jan-2027', 'Starts 1 January 2027') },
      },
    ],
  });
});

test.each([
  { end: '2026' },
  { end: 'soon' },
  { start: 'Could not be read', end: 'Could not be read' },
  { start: '2026-12-01', end: '2026-01-01' },
])('H7: a number whose dates decide nothing is not shown as in use: %j', (period) => {
  expect(contactsOf(dated('01632960001', period)).officeHours).toEqual([
    { ...number('01632 960001'), ...words('Dates unclear') },
  ]);
});

test.each([
  [november(24), november(25), 'Ended 23-Nov-2026'],
  [november(23), november(24), 'Dates unclear'],
  [november(22), november(23), undefined],
])(
  'H7, H20: where today may be one of two days, only a number that both end has ended',
  (one, other, short) => {
    const [found] = readContacts([dated('01632960001', { end: '2026-11-23' })], [one, other]).officeHours;
    expect(found?.validity?.short).toBe(short);
  },
);
