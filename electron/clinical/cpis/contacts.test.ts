import { expect, test } from 'vitest';
import { readContacts } from './contacts.ts';

const point = (value: string | undefined, use?: string, system = 'phone') => ({ system, use, value });
const number = (text: string, copy = text.replaceAll(' ', '')) => ({ text, copy, looksIncomplete: false });

test('H7: work is office hours, mobile is the emergency duty team, and several of one use are all shown', () => {
  expect(
    readContacts([
      point('01632960001', 'work'),
      point('01632960002', 'mobile'),
      point('01632960003', 'work'),
      point('01632960001', 'work'),
    ]),
  ).toEqual({
    officeHours: [number('01632 960001'), number('01632 960003')],
    emergencyDutyTeam: [number('01632 960002')],
    otherContacts: [],
  });
});

test('H7: every other contact is shown with its purpose as it came', () => {
  expect(
    readContacts([
      point('01632960001'),
      point('01632960002', 'home'),
      point('01632960003', 'duty desk'),
      point('01632960004', 'work', 'fax'),
      point('duty@example.test', 'mobile', 'email'),
      point('01632960005', 'old'),
    ]).otherContacts,
  ).toEqual([
    { purpose: 'Purpose not recorded', number: number('01632 960001') },
    { purpose: 'Home', number: number('01632 960002') },
    { purpose: 'duty desk', number: number('01632 960003') },
    { purpose: 'Office hours (fax)', number: number('01632 960004') },
    { purpose: 'Emergency duty team (email)', number: number('duty@example.test') },
    { purpose: 'No longer in use', number: number('01632 960005') },
  ]);
});

test('H7: a gap stays a gap, and what cannot be read is said', () => {
  expect(readContacts([point(undefined, 'work'), point(undefined, 'mobile')])).toEqual({
    officeHours: [],
    emergencyDutyTeam: [],
    otherContacts: [],
  });
  expect(readContacts([{ system: undefined, use: undefined, value: undefined }]).otherContacts).toEqual([
    { purpose: 'Purpose not recorded', number: number('Could not be read', 'Could not be read') },
  ]);
});
