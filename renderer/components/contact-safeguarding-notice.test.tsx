import type { ReactNode } from 'react';
import { describe, expect, test } from 'vitest';
import { type Fault, faultKinds, lookupsPrevented, makeFault } from '../../shared/fault.ts';
import { application, user } from '../../shared/testing/synthetic.ts';
import { ChooseRole } from '../features/choose-role/choose-role.tsx';
import { LaunchWaits } from '../features/launch/launch-waits.tsx';
import { Locked } from '../features/locked/locked.tsx';
import { NoAnswer } from '../features/result/no-answer.tsx';
import { Notices } from '../features/sign-in/notices.tsx';
import { SettingsFault } from '../features/sign-in/settings-fault.tsx';
import { SignIn } from '../features/sign-in/sign-in.tsx';
import { drawn } from '../testing/drawn.ts';

const words =
  "If you need to know now, phone the local authority's children's services. At night, weekends and bank holidays, ask for the emergency duty team. Find children's services (opens your browser)";

const fault = makeFault('offline', 'ref-1');
const nothing = (): void => {};
const shared = { application, command: nothing, launch: { kind: 'none' }, onOpen: nothing } as const;
const occurrences = (text: string) => text.split(words).length - 1;

const screens: readonly (readonly [string, (fault: Fault | undefined) => ReactNode])[] = [
  ['Locked', (fault) => <Locked {...shared} user={user} unlocking={false} fault={fault} />],
  ['Choose a role', (fault) => <ChooseRole {...shared} userName={user.name} roles={[]} fault={fault} />],
  ['Sign in', (fault) => <SignIn {...shared} signingIn={false} fault={fault} />],
  [
    'What the record system asked for',
    (fault) => <LaunchWaits launch={fault === undefined ? { kind: 'none' } : { kind: 'refused', fault }} />,
  ],
];

const preventing = Object.values(lookupsPrevented).map((text) => ({ text, preventsLookups: true }));
const harmless = { text: 'Your settings have been reset.', preventsLookups: false };

describe('H21: a failure before the answer says to phone', () => {
  const everyFault = faultKinds.map((kind) => makeFault(kind, 'ref-1'));

  test.each(screens)('%s, whatever the fault', (_screen, draw) => {
    for (const each of everyFault) expect(drawn(draw(each)).text).toContain(words);
  });

  test('Settings that are wrong', () => {
    for (const each of everyFault) expect(drawn(<SettingsFault fault={each} />).text).toContain(words);
  });

  test('What is not an answer, whatever the fault', () => {
    for (const each of everyFault) {
      const screen = (
        <NoAnswer
          fault={each}
          siteHelp={application.siteHelp}
          asking={false}
          onCheckAgain={nothing}
          isRoleAtFault={false}
          onChangeRole={undefined}
        />
      );
      expect(drawn(screen).text).toContain(words);
    }
  });

  test.each(preventing)('A notice that no patient can be looked up: $text', (notice) => {
    const { text } = drawn(<Notices notices={[harmless, notice]} />);
    expect(text).toContain(notice.text);
    expect(occurrences(text)).toBe(1);
    expect(drawn(<Notices notices={[harmless]} />).text).not.toContain('phone');
    expect(drawn(<Notices notices={[harmless]} />).html).not.toContain('<li>');
  });

  test('Once on a screen, however much is wrong', () => {
    const notices = [...preventing, harmless];
    const screen = (
      <SignIn {...shared} application={{ ...application, notices }} signingIn={false} fault={fault} />
    );
    expect(occurrences(drawn(screen).text)).toBe(1);
  });
});

test.each(screens)('%s says nothing of it where nothing is wrong', (_screen, draw) => {
  expect(drawn(draw(undefined)).text).not.toContain('phone');
});

test('nor while it is being tried again', () => {
  const { text } = drawn(<Locked {...shared} user={user} unlocking={true} fault={fault} />);
  expect(text).not.toContain('phone');
});

test('H10: "Locked" says that the patient is no longer open', () => {
  const { text } = drawn(<Locked {...shared} user={user} unlocking={false} fault={undefined} />);
  expect(text).toContain('The patient is no longer open. To unlock, sign in again');
});
