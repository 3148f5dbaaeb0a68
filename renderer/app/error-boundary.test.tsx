import { expect, test } from 'vitest';
import { drawn } from '../testing/drawn.ts';
import { ErrorBoundary } from './error-boundary.tsx';

test('H2: a screen that cannot be drawn says that it says nothing about any patient', () => {
  const boundary = new ErrorBoundary({ children: 'an answer' });
  expect(drawn(boundary.render()).text).toBe('an answer');
  boundary.state = ErrorBoundary.getDerivedStateFromError();
  const { html, text } = drawn(boundary.render());
  expect(text).toContain('This screen could not be shown. It says nothing about any patient.');
  expect(text).toContain('Start again');
  expect(text).not.toContain('an answer');
  // The alert is within the landmark, and does not take its place.
  expect(html).toMatch(/^<main class="page"><h1 class="page__heading" tabindex="-1">/);
  expect(html).toMatch(/<div class="fault" role="alert"><p>This screen could not be shown/);
});
