import { describe, expect, test } from 'vitest';
import { contactLine, titledAddress } from './policy.ts';
import { procedureAddress, readSiteHelp } from './site-help.ts';

describe('a contact of the site', () => {
  test('has a name, a phone number and hours', () => {
    const safeguardingContacts = [
      'Safeguarding team | 020 7946 0555 | 08:00 to 18:00',
      'Site manager|bleep 1234',
    ];
    expect(readSiteHelp({ safeguardingContacts }).contacts).toEqual([
      { name: 'Safeguarding team', phone: '020 7946 0555', hours: '08:00 to 18:00' },
      { name: 'Site manager', phone: 'bleep 1234', hours: undefined },
    ]);
  });

  test.each([
    '',
    'Safeguarding team',
    'Safeguarding team 020 7946 0555',
    '| 020 7946 0555',
    'Safeguarding team | ask the switchboard',
    'Safeguarding team | 020 7946 0555 | 08:00 | 18:00',
    'Safeguarding team | 020 7946 0555 |',
    `${'A'.repeat(61)} | 020 7946 0555`,
  ])('%j is none', (line) => {
    expect(line).not.toMatch(contactLine);
  });
});

describe('the local procedure', () => {
  test('has a title, which the page shows, and an address, which it does not have', () => {
    const localProcedure = 'Safeguarding procedure | https://intranet.example.nhs.uk/safeguarding?id=1';
    expect(readSiteHelp({ localProcedure })).toEqual({ contacts: [], procedure: 'Safeguarding procedure' });
    expect(procedureAddress({ localProcedure })).toBe('https://intranet.example.nhs.uk/safeguarding?id=1');
  });

  test.each([
    'https://intranet.example.nhs.uk/safeguarding',
    'Safeguarding procedure | http://intranet.example.nhs.uk/',
    'Safeguarding procedure | file:///etc/passwd',
    'Safeguarding procedure | ms-msdt:/id',
    'Safeguarding procedure | https://user:secret@intranet.example.nhs.uk/',
    'Safeguarding procedure | https://intranet.example.nhs.uk/ and more',
    '| https://intranet.example.nhs.uk/',
  ])('%j is none', (text) => {
    expect(text).not.toMatch(titledAddress);
  });
});
