import { expect, test } from 'vitest';
import { application } from '../../../shared/testing/synthetic.ts';
import { drawn } from '../../testing/drawn.ts';
import { keys } from '../help/keys.ts';
import { SignIn } from './sign-in.tsx';

const nothing = (): void => {};

test('H14: "Sign in" and Help say that taking out a smartcard does not lock', () => {
  const { text } = drawn(
    <SignIn
      application={application}
      command={nothing}
      launch={{ kind: 'none' }}
      fault={undefined}
      onOpen={nothing}
      signingIn={false}
    />,
  );
  expect(text).toContain('Taking out your smartcard does not lock');
  expect(keys).toContainEqual(['Ctrl + L', 'Lock: taking out your smartcard does not lock']);
});
