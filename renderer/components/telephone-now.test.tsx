import type { ReactNode } from 'react';
import { describe, expect, test } from 'vitest';
import { type Fault, makeFault } from '../../shared/fault.ts';
import { ChooseRole } from '../features/choose-role/choose-role.tsx';
import { Locked } from '../features/locked/locked.tsx';
import { SettingsFault } from '../features/sign-in/settings-fault.tsx';
import { drawn } from '../testing/drawn.ts';
import { application, user } from '../testing/synthetic.ts';

const words =
  "If you need to know now, telephone the local authority's children's services. At night, weekends and bank holidays, ask for the emergency duty team. Find children's services (opens your browser)";

const fault = makeFault('offline', 'ref-1');
const nothing = (): void => {};
const shared = { application, command: nothing, launch: { kind: 'none' }, onOpen: nothing } as const;

const screens: readonly (readonly [string, (fault: Fault | undefined) => ReactNode])[] = [
  ['Locked', (fault) => <Locked {...shared} user={user} unlocking={false} fault={fault} />],
  ['Choose a role', (fault) => <ChooseRole {...shared} roles={[]} fault={fault} />],
];

describe('H21: a failure before the answer says to telephone', () => {
  test.each(screens)('%s', (_screen, draw) => {
    expect(drawn(draw(fault)).text).toContain(words);
  });

  test('Settings that are wrong', () => {
    expect(drawn(<SettingsFault fault={fault} />).text).toContain(words);
  });
});

test.each(screens)('%s says nothing of it where nothing is wrong', (_screen, draw) => {
  expect(drawn(draw(undefined)).text).not.toContain('telephone');
});

test('nor while it is being tried again', () => {
  const { text } = drawn(<Locked {...shared} user={user} unlocking={true} fault={fault} />);
  expect(text).not.toContain('telephone');
});

test('H10: "Locked" says that the patient is no longer open', () => {
  const { text } = drawn(<Locked {...shared} user={user} unlocking={false} fault={undefined} />);
  expect(text).toContain('The patient is no longer open. To unlock, sign in again');
});
