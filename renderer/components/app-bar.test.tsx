import { expect, test } from 'vitest';
import { application } from '../../shared/testing/synthetic.ts';
import { StartPage } from '../features/sign-in/start-page.tsx';
import { drawn } from '../testing/drawn.ts';
import { AppBar } from './app-bar.tsx';

const nothing = (): void => {};

test('H16: which environment answers is said before sign-in and after it', () => {
  const before = drawn(<StartPage application={application}>content</StartPage>);
  const after = drawn(<AppBar application={application} onOpen={nothing} />);
  expect(before.text).toContain('CP-IS Viewer SYNTHETIC');
  expect(after.text).toContain('CP-IS Viewer SYNTHETIC');
});

test('H16: an environment of real people looks different as well', () => {
  const live = drawn(<AppBar application={{ ...application, live: true }} onOpen={nothing} />);
  const synthetic = drawn(<AppBar application={application} onOpen={nothing} />);
  expect(live.html).toContain('environment-tag--live');
  expect(synthetic.html).not.toContain('environment-tag--live');
});
